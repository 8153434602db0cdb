import Foundation
import MailchimpSimulator

extension Shop {
    /// Says that the shop's own source stands for the one that a shipped package names.
    func bind(_ package: String) throws {
        let file = folder.appendingPathComponent("hookline.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try write("hookline.yaml", text + "\nactivations: { \(package): { bind: { source: shop } } }\n")
    }

    /// A shop without its package, or with one that is shipped instead; closed in any case.
    static func withPackage(_ name: String? = nil, _ body: (Shop) async throws -> Void) async throws {
        let shop = try await Shop(SimulatorOptions())
        try FileManager.default.removeItem(at: shop.folder.appendingPathComponent("activations/vip"))
        if let name {
            let package = Repository.root.appendingPathComponent("scripts/activations/\(name)")
            try FileManager.default.copyItem(at: package, to: shop.folder.appendingPathComponent("activations/\(name)"))
            try shop.bind(name)
        }
        do { try await body(shop) } catch {
            await shop.close()
            throw error
        }
        await shop.close()
    }
}
