import Foundation
import HooklineApp
import HooklineCore
import Lua
import MailchimpSimulator
import Support

/// A workspace in a temporary folder, a simulator in this process, and an app that works on both.
final class Workbench: Sendable {
    /// A second audience of the account, without contacts.
    static let otherAudience = "f6e7d8c9b0"

    let folder: URL
    let server: SimulatorServer
    let observer: RecordingObserver

    /// Gives `body` a workspace without activations. It is gone afterwards, in any case.
    static func with(
        contacts: Int = 30, refusing refused: Set<String> = [], answering answer: AppAnswer = .nobody,
        _ body: (Workbench) async throws -> Void
    ) async throws {
        let bench = try await Workbench(contacts, refused, answer)
        do { try await body(bench) } catch {
            await bench.close()
            throw error
        }
        await bench.close()
    }

    private init(_ contacts: Int, _ refused: Set<String>, _ answer: AppAnswer) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-app-\(UUID().uuidString)")
        var options = SimulatorOptions()
        options.contacts = .seeded(contacts)
        options.behaviour.refused = refused
        options.audienceName = "Readers"
        options.otherAudiences = [Self.otherAudience]
        server = try await SimulatorServer.start(options)
        observer = RecordingObserver(answering: answer)
        try write("hookline.yaml", manifest)
        try write(users: 1...10)
    }

    private func close() async {
        await server.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The text of `hookline.yaml`.
    var manifest: String {
        """
        hookline: 1
        sources:
          shop: { type: csv, path: data/users.csv }
        destinations:
          newsletter: { type: mailchimp, api_key: "${env:SHOP_KEY}", base_url: "\(server.baseURL)", audience: \(server.audience) }

        """
    }

    /// An app as a door makes it, but for the observer, and the program that runs scripts.
    var app: App {
        var app = App(
            directory: folder.path,
            environment: [
                "SHOP_KEY": server.key, "SHOP_DATABASE_PASSWORD": PostgresCluster.password, "XDG_RUNTIME_DIR": folder.path,
                "HOOKLINE_KEYS": path("keys"), "HOOKLINE_DUCKDB": (try? DuckDBCommand.path) ?? "",
            ],
            person: "somebody@example", jail: LuaJail(executable: BuiltProgram.path("jail-program")), observer: observer)
        // However busy the machine is.
        app.testPatience = .seconds(3_600)
        return app
    }

    func path(_ path: String) -> String { folder.appendingPathComponent(path).path }

    func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: self.path(path)) }

    func read(_ path: String) throws -> String { try String(contentsOfFile: self.path(path), encoding: .utf8) }

    func write(_ path: String, _ text: String) throws {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Replaces the users of the source: contacts by number, all from France.
    func write(users numbers: ClosedRange<Int>) throws {
        try write("data/users.csv", "id,email,country\n" + numbers.map { "\($0),\(SeededContacts.address($0)),FR\n" }.joined())
    }

    /// An activation that takes everybody, with a script if there is one.
    func write(activation name: String, in parent: String = "activations", more: String = "", hooks: String? = nil) throws {
        try write(
            "\(parent)/\(name)/activation.yaml",
            """
            hookline: 1
            name: \(name)
            version: 1.0.0
            source: shop
            fields: { id: integer, email: text, country: text }
            segment: { name: Segment \(name) }
            destination: newsletter
            mapping: { email: email }
            \(hooks == nil ? "" : "hooks: hooks.lua")
            \(more)

            """)
        if let hooks { try write("\(parent)/\(name)/hooks.lua", hooks) }
    }

    /// A package outside the workspace's activations, with a test that passes.
    func write(package name: String, version: String = "1.0.0", hooks: String = "return { filter = function() return true end }") throws {
        try write(activation: name, in: "elsewhere", hooks: hooks)
        let manifest = "elsewhere/\(name)/activation.yaml"
        try write(manifest, try read(manifest).replacing("version: 1.0.0", with: "version: \(version)"))
        try write("elsewhere/\(name)/samples/users.csv", "id,email,country\n1,ada@example.com,FR\n")
        try write("elsewhere/\(name)/tests/all.yaml", "- test: something\n  expect: { removed: [] }\n")
    }

    /// The members of an activation's segment at the simulator.
    func members(of name: String) -> [String] {
        server.segments.first { $0.name == "Segment \(name)" }?.members.sorted() ?? []
    }

    /// Runs activations as the command line does.
    func run(_ names: String..., isConfirmed: Bool = false, isDryRun: Bool = false) async throws -> [RunReport] {
        var request = RunRequest(names)
        request.isConfirmed = isConfirmed
        request.isDryRun = isDryRun
        return try await app.run(try app.prepare(request, in: try app.workspace()))
    }
}

/// The addresses of seeded contacts.
func addresses(_ numbers: ClosedRange<Int>) -> [String] { numbers.map { SeededContacts.address($0) } }
