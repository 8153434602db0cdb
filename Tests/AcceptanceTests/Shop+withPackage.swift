import Foundation
import MailchimpSimulator

extension Shop {
    /// A shop without its package, or with one that is shipped instead; closed in any case.
    static func withPackage(_ name: String? = nil, _ body: (Shop) async throws -> Void) async throws {
        let shop = try await Shop(SimulatorOptions())
        try FileManager.default.removeItem(at: shop.folder.appendingPathComponent("activations/vip"))
        if let name {
            let package = Repository.root.appendingPathComponent("scripts/activations/\(name)")
            try FileManager.default.copyItem(at: package, to: shop.folder.appendingPathComponent("activations/\(name)"))
        }
        do { try await body(shop) } catch {
            await shop.close()
            throw error
        }
        await shop.close()
    }
}
