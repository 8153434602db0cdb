import Foundation
import GRDB
import HooklineApp
import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Testing

@Suite("A segment with relations counts as a plan does")
struct SegmentRelationTests {
    private static let users = [("1", "ada@example.com", "FR"), ("2", "bob@example.com", "BE"), ("3", "eva@example.com", "FR")]
    private static let orders = [("1", 60), ("1", 70), ("2", 80), ("3", 10), ("3", 90), ("3", 95)]

    /// A workspace with the segment `loyal`: at least two orders over 50.
    private static func manifest(_ bench: Workbench, _ kind: (String) -> String, inline: Bool) -> String {
        let model =
            "{ source: shop, table: users, columns: { id: integer }, relations: { orders: { model: orders, on: { id: user } } }, "
            + "calculated: { spent: { relation: orders, aggregate: sum, field: total } } }"
        return bench.manifest.replacing("type: csv, path: data/users.csv", with: kind("users"))
            .replacing("destinations:", with: "  orders: { \(kind("orders")) }\ndestinations:")
            .replacing("audience: \(bench.server.audience) }", with: "audience: \(bench.server.audience), defaults: { email: email } }")
                + """
                models:
                  orders: { source: orders, table: orders, columns: { user: integer, total: integer } }
                  users: \(model)
                segments:
                  loyal:
                    name: Loyal
                    model: \(inline ? model : "users")
                    where: { relation: orders, op: ">=", value: 2, where: { field: total, op: ">", value: 50 } }

                """
    }

    @Test("from files and from SQLite, with a model of its own or the workspace's", arguments: [true, false], [true, false])
    func count(inSQLite: Bool, inline: Bool) async throws {
        try await Workbench.with { bench in
            if inSQLite {
                let queue = try DatabaseQueue(path: bench.path("data/shop.db"))
                try await queue.write { database in
                    try database.execute(sql: "CREATE TABLE users (id INTEGER, email TEXT, country TEXT)")
                    try database.execute(sql: "CREATE TABLE orders (user INTEGER, total INTEGER)")
                    for (id, email, country) in Self.users {
                        try database.execute(sql: "INSERT INTO users VALUES (?, ?, ?)", arguments: [Int(id), email, country])
                    }
                    for (user, total) in Self.orders {
                        try database.execute(sql: "INSERT INTO orders VALUES (?, ?)", arguments: [Int(user), total])
                    }
                }
                try queue.close()
            } else {
                try bench.write("data/users.csv", "id,email,country\n" + Self.users.map { "\($0),\($1),\($2)\n" }.joined())
                try bench.write("data/orders.csv", "user,total\n" + Self.orders.map { "\($0),\($1)\n" }.joined())
            }
            let kind = { (table: String) in inSQLite ? "type: sqlite, path: data/shop.db" : "type: csv, path: data/\(table).csv" }
            try bench.write("hookline.yaml", Self.manifest(bench, kind, inline: inline))
            let counted = try bench.app.count(SegmentRequest(["loyal"]), explains: true)
            #expect((counted.rows, counted.model, counted.count) == (3, 3, 2))
            #expect(counted.explanation?.rules.map(\.removes) == [1])
            let field = try bench.app.breakdown(SegmentRequest(["loyal"]), by: ["spent"]).fields[0]
            #expect(field.top.filter { $0.share.users > 0 }.map(\.value).sorted() == ["130", "195"])
            try bench.write("activations/loyal/activation.yaml", "hookline: 1\nname: loyal\nsegment: loyal\ndestination: newsletter\n")
            let plan = try await bench.run("loyal", isDryRun: true)[0]
            #expect(plan.buckets.inSegment + plan.buckets.notAContact == counted.count, "\(plan.buckets)")
        }
    }
}
