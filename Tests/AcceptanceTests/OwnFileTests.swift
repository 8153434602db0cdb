import Foundation
import Testing

@Suite("A person's own file")
struct OwnFileTests {
    @Test("is described, becomes an activation, and is checked whole")
    func way() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-own-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let shell = Shell(folder: folder, environment: ["MAILCHIMP_API_KEY": "key-us1"])
        func run(_ arguments: String..., exits status: Int32 = 0) async throws -> String {
            let result = try await shell.hookline(arguments)
            #expect(result.status == status, "\(arguments): \(result.output)\(result.errors)")
            return result.output + result.errors
        }

        let file = folder.appendingPathComponent("own.csv")
        try "id;email;newsletter;total\n1;ada@example.com;yes;1.234,50\n2;bob@example.org;no;2,00\n"
            .write(to: file, atomically: true, encoding: .utf8)
        let text = try await run("describe", file.path, "--limit", "1")
        #expect(text.contains("of the first 1 row") && text.contains("columns:") && !text.contains("ada@"))
        #expect(try await run("describe", file.path, "--json").contains("\"whole\" : true"))
        _ = try await run("describe", "nothing-of-that-name", exits: 2)

        _ = try await run("init", "shop")
        let manifest = folder.appendingPathComponent("shop/hookline.yaml")
        let before = try String(contentsOf: manifest, encoding: .utf8)
        try before.replacing("path: data/users.csv", with: "path: ../own.csv, delimiter: \";\"")
            .write(to: manifest, atomically: true, encoding: .utf8)
        _ = try await run("-C", "shop", "new", "mine", "--source", "users")
        _ = try await run("-C", "shop", "check", "mine", "--data")
        try "id;email;newsletter;total\n1;ada@example.com;yes;1.234,50\n2;bob@example.org;perhaps;2,00\n"
            .write(to: file, atomically: true, encoding: .utf8)
        #expect(try await run("-C", "shop", "check", "mine", "--data", exits: 1).contains("sources.bad_value"))
    }
}
