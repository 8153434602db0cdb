import Foundation
import GRDB
import MailchimpSimulator
import Support
import Testing

/// A small input from a public report, or of the same kind, and what is right for it.
struct ValueCase: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    /// The kind of fault, a letter of the values issue.
    let kind: String
    /// What is right, in words.
    let why: String
    /// `csv`, `jsonl` or `sqlite`.
    let source: String
    /// The whole file of a `csv` or `jsonl` source.
    let text: String?
    /// The statements that make the database of an `sqlite` source.
    let sql: [String]?
    /// More keys of the source in `hookline.yaml`.
    let options: String?
    /// The whole `activation.yaml`.
    let activation: String
    /// The members that the segment must end with; nil where only a refusal is right.
    let right: [String]?
    let refusalIsRight: Bool
    let warningIsRight: Bool

    private enum CodingKeys: String, CodingKey {
        case name, kind, why, source, text, sql, options, activation, right
        case refusalIsRight = "refusal_is_right"
        case warningIsRight = "warning_is_right"
    }

    var testDescription: String { "\(kind) \(name)" }

    /// The repository's own cases.
    static let own = cases(Repository.root.appendingPathComponent("Tests/Cases/values.json"))

    /// Cases that lie beside the repository, where they were handed over with it; `HOOKLINE_CASES` names another file.
    static let handed = cases(
        ProcessInfo.processInfo.environment["HOOKLINE_CASES"].map { URL(fileURLWithPath: $0) }
            ?? Repository.root.deletingLastPathComponent().appendingPathComponent("shared/cases/values.json"))

    private static func cases(_ file: URL) -> [ValueCase] {
        guard let data = try? Data(contentsOf: file) else { return [] }
        // A file that is there and cannot be read must not look like a file without cases.
        do { return try JSONDecoder().decode([ValueCase].self, from: data) } catch { fatalError("\(file.path): \(error)") }
    }
}

@Suite("Values mean what they say")
struct ValueCaseTests {
    private static let people = ["ada", "bea", "cid", "dot", "mike"].map { "\($0)@example.com" }

    /// Cases whose `why` also allows what `right` leaves out: Excel's line may be read past.
    private static let rightToo = ["sep-line": ["ada@example.com"]]

    @Test("in every case of our own", arguments: ValueCase.own)
    func own(_ one: ValueCase) async throws { try await check(one) }

    @Test("in every case that was handed to us", .enabled(if: !ValueCase.handed.isEmpty), arguments: ValueCase.handed)
    func handed(_ one: ValueCase) async throws { try await check(one) }

    @Test(
        "in every case of a database, on a PostgreSQL server, too", arguments: (ValueCase.own + ValueCase.handed).filter { $0.sql != nil })
    func server(_ one: ValueCase) async throws {
        let schema = try ServerCase.schema(one)
        try await check(one) { _ in "type: postgres, \(schema.manifestKeys)" }
    }

    @Test(
        "in every case of a database, through drivers of ODBC and ADBC, too",
        arguments: (ValueCase.own + ValueCase.handed).filter { $0.sql != nil }, ["odbc", "adbc"])
    func driver(_ one: ValueCase, _ kind: String) async throws {
        let schema = try ServerCase.schema(one)
        try await check(one) { try $0.keys(schema, through: kind) }
    }

    @Test("in every case of a database, in a DuckDB database, too", arguments: (ValueCase.own + ValueCase.handed).filter { $0.sql != nil })
    func duckdb(_ one: ValueCase) async throws {
        let statements = try ServerCase.statements(one, for: .duckdb)
        try await check(one) { shop in
            try shop.write("data/none", "")
            try DuckDBCommand.run(statements, in: shop.folder.appendingPathComponent("data").path, database: "users.duckdb")
            return "type: duckdb, path: data/users.duckdb"
        }
    }

    @Test("in at least sixty cases over every kind and source")
    func count() {
        #expect(ValueCase.own.count >= 60)
        #expect(Set(ValueCase.own.map(\.source)) == ["csv", "jsonl", "sqlite"])
        #expect(Set(ValueCase.own.map(\.kind)).isSuperset(of: ["A", "B", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N"]))
    }

    /// Runs a case. `source` writes its source, and says what `hookline.yaml` has for it.
    private func check(_ one: ValueCase, _ source: ((Shop) throws -> String)? = nil) async throws {
        var options = SimulatorOptions()
        options.contacts = .these(Self.people.map { ($0, .subscribed) })
        let shop = try await Shop(options, manifest: one.activation)
        do {
            let keys = try source?(shop) ?? "type: \(one.source), path: \(write(one, to: shop))"
            let more = one.options.map { ", \($0)" } ?? ""
            try shop.write(
                "hookline.yaml",
                """
                hookline: 1
                sources:
                  shop: { \(keys)\(more) }
                destinations:
                  newsletter: { type: mailchimp, api_key: "${env:SHOP_KEY}", base_url: "\(shop.server.baseURL)", audience: \(shop.server.audience) }
                """)
            let result = try await shop.shell.hookline("run", "vip", "--json", "--yes")
            judge(one, result, members: shop.server.segments.flatMap(\.members).sorted())
        } catch {
            await shop.close()
            throw error
        }
        await shop.close()
    }

    private func write(_ one: ValueCase, to shop: Shop) throws -> String {
        let path = "data/users.\(one.source == "sqlite" ? "db" : one.source)"
        try shop.write(path, one.text ?? "")
        guard let statements = one.sql else { return path }
        let file = shop.folder.appendingPathComponent(path)
        try FileManager.default.removeItem(at: file)
        let queue = try DatabaseQueue(path: file.path)
        try queue.writeWithoutTransaction { database in
            for statement in statements { try database.execute(sql: statement) }
        }
        try queue.close()
        return path
    }

    private func judge(_ one: ValueCase, _ result: Shell.Result, members: [String]) {
        let told = "\(one.why)\n\(result.output)\n\(result.errors)"
        if result.status != 0 {
            #expect(one.refusalIsRight, "refused: \(told)")
            #expect(members.isEmpty, "refused, and sent all the same: \(told)")
        } else if let right = one.right ?? Self.rightToo[one.name] {
            let isWarned = ((try? result.json()["warnings"]) as? [Any])?.isEmpty == false || result.errors.contains("warning")
            if !(one.warningIsRight && isWarned) { #expect(members == right.sorted(), "\(told)") }
        } else {
            Issue.record("not refused: members \(members)\n\(told)")
        }
        if one.kind == "I" {
            for person in Self.people { #expect(!(result.output + result.errors).contains(person), "names a person: \(told)") }
        }
    }
}
