import Foundation
import MailchimpSimulator
import Support

/// A workspace on disk and a simulator on a port, with everything that a run needs.
final class Shop: Sendable {
    let folder: URL
    let server: SimulatorServer
    let shell: Shell

    /// A workspace whose activation `vip` takes everybody of `data/users.csv` from France.
    init(_ options: SimulatorOptions, manifest: String = Shop.activation, hooks: String? = nil) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-acceptance-\(UUID().uuidString)")
        server = try await SimulatorServer.start(options)
        shell = Shell(
            folder: folder,
            environment: [
                "SHOP_KEY": server.key, "SHOP_DATABASE_PASSWORD": PostgresCluster.password,
                "HOOKLINE_DUCKDB": (try? DuckDBCommand.path) ?? "", "HOOKLINE_ADBC": (try? TestDriver.adbcFolder) ?? "",
            ])
        try write(
            "hookline.yaml",
            """
            hookline: 1
            sources:
              shop: { type: csv, path: data/users.csv }
            destinations:
              newsletter: { type: mailchimp, api_key: "${env:SHOP_KEY}", base_url: "\(server.baseURL)", audience: \(server.audience) }
            """)
        try write("activations/vip/activation.yaml", manifest)
        if let hooks { try write("activations/vip/hooks.lua", hooks) }
    }

    static let activation = """
        hookline: 1
        name: vip
        source: shop
        model: { primary_key: id, columns: { id: integer } }
        segment:
          name: VIP customers
          where: { field: country, op: "=", value: FR }
        destination: newsletter
        mapping: { email: email }
        """

    /// What an entry of `sources:` says to read a schema through a driver.
    func keys(_ schema: PostgresSchema, through kind: String) throws -> String {
        guard kind == "adbc" else {
            let options = "Server: 127.0.0.1, Port: \(schema.cluster.port), Database: \(PostgresCluster.database), SSLmode: prefer"
            return try "type: odbc, schema: \(schema.name), driver: \(TestDriver.psqlodbc), user: \(PostgresCluster.reader), "
                + "password: \"${env:SHOP_DATABASE_PASSWORD}\", options: { \(options) }"
        }
        try write("database-url", schema.url())
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: folder.appendingPathComponent("database-url").path)
        return "type: adbc, schema: \(schema.name), driver: postgresql, url: \"${file:database-url}\""
    }

    /// Writes a file of the workspace.
    func write(_ path: String, _ text: String) throws {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Whether a file of the workspace exists.
    func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path) }

    /// Replaces the users of the source.
    func write(users: some Sequence<(number: Int, country: String)>) throws {
        try write(
            "data/users.csv",
            "id,email,country\n"
                + users.map { "\($0.number),user\(String(format: "%07d", $0.number))@example.com,\($0.country)\n" }.joined())
    }

    /// The members of a segment at the simulator, sorted.
    func members(_ name: String = "VIP customers") -> [String] {
        server.segments.first { $0.name == name }?.members.sorted() ?? []
    }

    /// Stops the simulator and takes the workspace away.
    func close() async {
        await server.stop()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// Users by number, all from one country.
func users(_ numbers: some Sequence<Int>, _ country: String = "FR") -> [(number: Int, country: String)] {
    numbers.map { ($0, country) }
}

/// Their addresses.
func addresses(_ numbers: some Sequence<Int>) -> [String] {
    numbers.map { SeededContacts.address($0) }
}
