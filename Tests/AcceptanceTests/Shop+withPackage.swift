import Foundation
import MailchimpSimulator

extension Shop {
    /// Binds the shop's own source to the one that a shipped package names.
    func bind(_ package: String) throws {
        let file = folder.appendingPathComponent("hookline.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try write("hookline.yaml", text + "\nactivations: { \(package): { bind: { source: shop } } }\n")
    }

    /// Gives `body` a shop without its package, or with a shipped one instead. It is closed in any case.
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

    /// Gives `body` a workspace without activations, for packages that use the source `customers` and the destination `newsletter` unbound.
    /// It is closed in any case.
    ///
    /// - Parameters:
    ///   - rows: those of `customers`, with a header.
    ///   - activations: what `hookline.yaml` says below `activations:`; nothing when empty.
    ///   - contacts: how many contacts there are, from `person1@example.com` on; nil for the simulator's default ones.
    ///   - body: uses the workspace.
    /// - Throws: what `body` throws.
    static func withCustomers(
        _ rows: String, activations: String = "", contacts: Int? = nil, _ body: (Shop) async throws -> Void
    ) async throws {
        var options = SimulatorOptions()
        if let contacts { options.contacts = .these((1...contacts).map { ("person\($0)@example.com", .subscribed) }) }
        let shop = try await Shop(options)
        do {
            try FileManager.default.removeItem(at: shop.folder.appendingPathComponent("activations"))
            try shop.write("data/crm.csv", rows)
            try shop.write(
                "hookline.yaml",
                """
                hookline: 1
                sources:
                  customers: { type: csv, path: data/crm.csv }
                destinations:
                  newsletter: { type: mailchimp, api_key: "${env:SHOP_KEY}", base_url: "\(shop.server.baseURL)", audience: \(shop.server.audience) }

                """ + (activations.isEmpty ? "" : "activations:\n  \(activations)\n"))
            try await body(shop)
        } catch {
            await shop.close()
            throw error
        }
        await shop.close()
    }
}
