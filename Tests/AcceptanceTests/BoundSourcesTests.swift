import Foundation
import GRDB
import MailchimpSimulator
import Support
import Testing

@Suite("One package, bound to another kind of source in each workspace")
struct BoundSourcesTests {
    /// Id, address, country and lifetime value: each with something that one kind of source writes in its own way.
    private static let people: [(id: Int, email: String?, country: String?, value: String, consent: Bool)] =
        (0..<60).map {
            ($0, $0 == 7 ? nil : "person\($0)@example.com", $0 == 8 ? nil : ["FR", "BE", "DE", "NL"][$0 % 4], "\($0 * 50).25", $0 % 9 != 0)
        }

    private static func writeCSV(_ shop: Shop) throws {
        let rows = people.map {
            "\($0.id);\($0.email ?? "");\($0.country ?? "");\($0.value.replacing(".", with: ","));\($0.consent ? "yes" : "no")\n"
        }
        try shop.write("data/crm.csv", "no;mail;land;spent;ok\n" + rows.joined().replacing(",", with: "."))
    }

    private static func writeJSONL(_ shop: Shop) throws {
        func text(_ value: String?) -> String { value.map { "\"\($0)\"" } ?? "null" }
        try shop.write(
            "data/crm.jsonl",
            people.map {
                "{\"no\": \($0.id), \"who\": {\"mail\": \(text($0.email)), \"land\": \(text($0.country))}, \"spent\": \($0.value), \"ok\": \($0.consent)}\n"
            }.joined())
    }

    private static func writeSQLite(_ shop: Shop) throws {
        let queue = try DatabaseQueue(path: shop.folder.appendingPathComponent("data/crm.db").path)
        try queue.write { database in
            try database.execute(sql: "CREATE TABLE person(no INTEGER PRIMARY KEY, mail TEXT, land TEXT, spent REAL, ok INTEGER)")
            for one in people {
                try database.execute(
                    sql: "INSERT INTO person VALUES (?, ?, ?, ?, ?)",
                    arguments: [one.id, one.email, one.country, Double(one.value), one.consent])
            }
        }
        try queue.close()
    }

    /// The members of every segment, after a run in a workspace whose source is of that kind.
    private static func segments(_ source: String, _ bind: String, _ write: (Shop) throws -> Void) async throws -> [String: [String]] {
        var options = SimulatorOptions()
        options.contacts = .these(people.compactMap(\.email).map { ($0, .subscribed) })
        let shop = try await Shop(options)
        do {
            try FileManager.default.removeItem(at: shop.folder.appendingPathComponent("activations"))
            try FileManager.default.createDirectory(
                at: shop.folder.appendingPathComponent("data"), withIntermediateDirectories: true)
            try write(shop)
            try shop.write(
                "hookline.yaml",
                """
                hookline: 1
                sources:
                  crm: \(source)
                destinations:
                  main: { type: mailchimp, api_key: "${env:SHOP_KEY}", base_url: "\(shop.server.baseURL)", audience: \(shop.server.audience) }
                activations:
                  vip-customers: { params: { threshold: 100 }, bind: { source: crm, destination: main, \(bind) } }
                """)
            #expect(try await shop.shell.hookline("install", "vip-customers", "--yes").status == 0)
            let run = try await shop.shell.hookline("run", "vip-customers", "--yes")
            #expect(run.status == 0, "\(source): \(run.output)\(run.errors)")
            let found = shop.server.segments.reduce(into: [:]) { $0[$1.name] = $1.members.sorted() }
            await shop.close()
            return found
        } catch {
            await shop.close()
            throw error
        }
    }

    private static func writeParquet(_ shop: Shop) throws {
        let rows = people.map { one in
            "(\(one.id), \(one.email.map(PostgresSchema.literal) ?? "NULL"), \(one.country.map(PostgresSchema.literal) ?? "NULL"), \(one.value), \(one.consent))"
        }
        let folder = shop.folder.appendingPathComponent("data").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try DuckDBCommand.run(
            "CREATE TABLE person (no INT, mail VARCHAR, land VARCHAR, spent DECIMAL(10, 2), ok BOOLEAN); INSERT INTO person VALUES "
                + rows.joined(separator: ", ")
                + "; COPY (FROM person WHERE no < 30) TO '1.parquet'; COPY (FROM person WHERE no >= 30) TO '2.parquet'", in: folder)
    }

    private static func writePostgres() throws -> PostgresSchema {
        let rows = people.map { one in
            "(\(one.id), \(one.email.map(PostgresSchema.literal) ?? "NULL"), \(one.country.map(PostgresSchema.literal) ?? "NULL"), \(one.value), \(one.consent))"
        }
        return try PostgresSchema(
            "CREATE TABLE person (no int PRIMARY KEY, mail text, land char(4), spent numeric(10, 2), ok boolean); INSERT INTO person VALUES "
                + rows.joined(separator: ", "))
    }

    @Test("fills the same segments from CSV, JSONL, tables and queries")
    func same() async throws {
        let fields = "fields: { id: no, email: mail, country: land, lifetime_value: spent, consent: ok }"
        let table = try await Self.segments("{ type: sqlite, path: data/crm.db }", "table: person, \(fields)", Self.writeSQLite)
        let eligible = Self.people.filter { $0.consent && $0.id >= 2 && $0.email != nil }
        #expect(table["VIP customers: France"] == eligible.filter { $0.country == "FR" }.compactMap(\.email).sorted())
        #expect(table.values.flatMap(\.self).count == eligible.count)
        let query = try await Self.segments(
            "{ type: sqlite, path: data/crm.db }",
            "sql: \"SELECT no AS id, mail AS email, upper(land) AS country, spent AS lifetime_value, ok AS consent FROM person\"",
            Self.writeSQLite)
        #expect(query == table)
        let schema = try Self.writePostgres()
        let server = "{ type: postgres, \(schema.manifestKeys) }"
        #expect(try await Self.segments(server, "table: person, \(fields)") { _ in } == table)
        let serverQuery = try await Self.segments(
            server, "sql: \"SELECT no AS id, mail AS email, upper(land) AS country, spent AS lifetime_value, ok AS consent FROM person\""
        ) { _ in }
        #expect(serverQuery == table)
        let parquet = "{ type: duckdb, tables: { person: data/*.parquet } }"
        #expect(try await Self.segments(parquet, "table: person, \(fields)", Self.writeParquet) == table)
        let joined = try await Self.segments(
            "{ type: duckdb, tables: { person: data/crm.csv, extra: data/*.parquet } }",
            "sql: \"SELECT p.no AS id, p.mail AS email, upper(p.land) AS country, e.spent AS lifetime_value, p.ok AS consent FROM person p JOIN extra e USING (no) ORDER BY id\""
        ) {
            try Self.writeCSV($0)
            try Self.writeParquet($0)
        }
        #expect(joined == table)
        let csv = try await Self.segments("{ type: csv, path: data/crm.csv, delimiter: \";\" }", fields, Self.writeCSV)
        #expect(csv == table)
        let lines = try await Self.segments(
            "{ type: jsonl, path: data/crm.jsonl }",
            "fields: { id: no, email: who.mail, country: who.land, lifetime_value: spent, consent: ok }", Self.writeJSONL)
        #expect(lines == table)
    }
}
