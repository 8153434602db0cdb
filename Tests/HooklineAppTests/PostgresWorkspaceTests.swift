import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import HooklineSources
import Support
import Testing

@Suite("A workspace with a PostgreSQL source")
struct PostgresWorkspaceTests {
    /// Gives `body` a workspace whose source `shop` reads a schema, and the activation `all` of the table `users`.
    private func withShop(_ statements: String, _ body: (Workbench, PostgresSchema) async throws -> Void) async throws {
        let schema = try PostgresSchema(statements)
        try await Workbench.with { bench in
            try bench.write(
                "hookline.yaml",
                bench.manifest.replacing("{ type: csv, path: data/users.csv }", with: "{ type: postgres, \(schema.manifestKeys) }"))
            try bench.write(
                "activations/all/activation.yaml",
                """
                hookline: 1
                name: all
                source: shop
                model: { table: users, primary_key: id }
                segment: { name: Segment all, where: { field: spent, op: ">=", value: 10 } }
                destination: newsletter
                mapping: { email: email }
                hooks: hooks.lua
                """)
            try bench.write("activations/all/hooks.lua", "return { filter = function(user) return user.active, 'not active' end }")
            try await body(bench, schema)
        }
    }

    private static let users = """
        CREATE TABLE users (id bigint PRIMARY KEY, email text, spent numeric(10, 2), active boolean, joined timestamptz, photo bytea);
        INSERT INTO users SELECT n, 'user' || lpad(n::text, 7, '0') || '@example.com', n * 5.5, n % 3 <> 0, now(), '\\x00'
        FROM generate_series(1, 6) n
        """

    @Test("is described, and gives a new package")
    func describe() async throws {
        try await withShop(Self.users) { bench, schema in
            let description = try await bench.app.describe(DescribeRequest("shop"))
            #expect(description.table == "users" && description.rows == 6 && description.kind == "postgres")
            #expect(description.columns.map(\.name) == ["id", "email", "spent", "active", "joined", "photo"])
            #expect(description.columns.prefix(4).map(\.type) == ["integer", "text", "number", "boolean"])
            // A column for amounts is not one for whole numbers because all of them are whole today.
            try schema.execute("ALTER TABLE users DROP COLUMN photo; UPDATE users SET spent = id")
            #expect(try await bench.app.describe(DescribeRequest("shop")).columns[2].type == "number")
            let made = try await bench.app.makePackage(try NewPackageRequest("mine", from: .source("shop", table: nil, sql: nil)))
            #expect(made.guesses["email"] == "email")
            try schema.execute("CREATE TABLE orders (id int)")
            let error = await #expect(throws: AppError.self) { try await bench.app.describe(DescribeRequest("shop")) }
            #expect(error?.code == .unnamedTable && error?.message.contains("'orders'") == true)
        }
    }

    @Test("is checked with its data, previewed, and run")
    func run() async throws {
        try await withShop(Self.users) { bench, schema in
            var request = CheckRequest(["all"])
            request.readsData = true
            request.connects = true
            let check = try await bench.app.check(request)
            #expect(check.issues.isEmpty && check.data?.first?.rows == 6, "\(check.issues)")
            #expect(try await bench.app.preview(PreviewRequest("all", limit: 2)).fates.count == 2)
            let reports = try await bench.run("all", isConfirmed: true)
            #expect(reports.first?.rows == 6)
            #expect(bench.members(of: "all") == [2, 4, 5].map { "user000000\($0)@example.com" })
            try schema.execute("UPDATE users SET spent = 'NaN' WHERE id = 5")
            let failed = try await bench.run("all", isConfirmed: true)
            #expect(failed.first?.error?.code.rawValue == "sources.bad_value")
            #expect(bench.members(of: "all").count == 3)
        }
    }

    @Test("is refused with the same words by check and run when the server is not there, and no plan outlives a change of server")
    func unreachable() async throws {
        try await withShop(Self.users) { bench, schema in
            var manifest = try bench.read("hookline.yaml")
            manifest.replace("port: \(schema.cluster.port)", with: "port: 1")
            try bench.write("hookline.yaml", manifest)
            let check = try await bench.app.check(CheckRequest(["all"]))
            #expect(check.issues.map(\.code) == ["sources.unreachable"] && check.kind == .failed)
            let reports = try await bench.run("all", isConfirmed: true)
            #expect(reports.first?.error?.code.rawValue == "sources.unreachable")
            for text in check.issues.map(\.message) + [reports.first?.error?.message ?? ""] {
                #expect(!text.contains(PostgresCluster.password))
            }
        }
    }

    @Test("lets go of the server when a preview, a check, or a run is interrupted", .serialized, arguments: ["preview", "check", "run"])
    func interrupted(_ command: String) async throws {
        try await withShop(Self.users) { bench, schema in
            // Without a row before its end: a preview is content with the first two.
            let numbers = "(SELECT generate_series(1, 1000000000000)) n"
            let endless = "SELECT id, email, spent, active FROM users, (SELECT count(*) FROM \(numbers)) g"
            try bench.write(
                "activations/all/activation.yaml",
                try bench.read("activations/all/activation.yaml").replacing("table: users", with: "sql: '\(endless)'"))
            let app = bench.app
            let work = Task {
                switch command {
                case "preview": _ = try await app.preview(PreviewRequest("all", limit: 2))
                case "check":
                    var request = CheckRequest(["all"])
                    request.readsData = true
                    _ = try await app.check(request)
                default:
                    let reports = try await bench.run("all", isConfirmed: true)
                    #expect(reports.first?.error?.code.rawValue == "engine.interrupted")
                    throw CancellationError()
                }
            }
            let busy = """
                SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND state = 'active' AND query LIKE '%generate_series%'
                AND pid IN (SELECT l.pid FROM pg_locks l WHERE l.relation = 'users'::regclass)
                """
            // On a thread of its own: the work may occupy all of those that tasks run on.
            nonisolated(unsafe) let watched = schema
            Thread {
                while (try? watched.rows(busy)) == [["0"]] {}
                work.cancel()
            }.start()
            await #expect(throws: (any Error).self) { try await work.value }
            while try schema.rows(busy) != [["0"]] { await Task.yield() }
            #expect(bench.members(of: "all").isEmpty)
        }
    }

    @Test("prints what its user needs")
    func grants() async throws {
        try await withShop(Self.users) { bench, schema in
            let grants = try bench.app.grants(of: "shop")
            #expect(grants.tables == ["\"\(schema.name)\".\"users\""])
            #expect(throws: IssuesFound.self) { _ = try bench.app.grants(of: "shpo") }
        }
    }
}
