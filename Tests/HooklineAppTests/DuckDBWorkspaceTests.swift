import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import Support
import Testing

@Suite("A workspace with a DuckDB source")
struct DuckDBWorkspaceTests {
    /// Gives `body` a workspace whose source `shop` has the table `users`, and the activation `all` of it.
    private func withShop(_ model: String = "table: users", _ body: (Workbench) async throws -> Void) async throws {
        try await Workbench.with { bench in
            try bench.write(
                "hookline.yaml",
                bench.manifest.replacing(
                    "{ type: csv, path: data/users.csv }", with: "{ type: duckdb, tables: { users: data/users-*.parquet } }"))
            try bench.write(
                "activations/all/activation.yaml",
                """
                hookline: 1
                name: all
                source: shop
                model: { \(model), primary_key: id }
                segment: { name: Segment all, where: { field: spent, op: ">=", value: 10 } }
                destination: newsletter
                mapping: { email: email }
                hooks: hooks.lua
                """)
            try bench.write("activations/all/hooks.lua", "return { filter = function(user) return user.active, 'not active' end }")
            try write(Self.users, bench)
            try await body(bench)
        }
    }

    private func write(_ query: String, _ bench: Workbench) throws {
        try DuckDBCommand.run("COPY (\(query)) TO 'users-1.parquet'", in: bench.path("data"))
    }

    private static let users = """
        SELECT range AS id, 'user' || lpad(range::VARCHAR, 7, '0') || '@example.com' AS email, (range * 5.5)::DECIMAL(10, 2) AS spent,
        range % 3 <> 0 AS active, TIMESTAMPTZ '2026-01-01 00:00:00+00' AS joined, '\\x00'::BLOB AS photo FROM range(1, 7)
        """

    @Test("is described, and gives a new package")
    func describe() async throws {
        try await withShop { bench in
            let description = try await bench.app.describe(DescribeRequest("shop"))
            #expect(description.table == "users" && description.rows == 6 && description.kind == "duckdb")
            #expect(description.columns.map(\.name) == ["id", "email", "spent", "active", "joined", "photo"])
            #expect(description.columns.prefix(4).map(\.type) == ["integer", "text", "number", "boolean"])
            try write("SELECT * EXCLUDE photo FROM (\(Self.users))", bench)
            let made = try await bench.app.makePackage(try NewPackageRequest("mine", from: .source("shop", table: nil, sql: nil)))
            #expect(made.guesses["email"] == "email")
            var request = DescribeRequest("shop")
            request.sql = "SELECT id FROM users"
            #expect(try await bench.app.describe(request).columns.map(\.name) == ["id"])
            try bench.write(
                "hookline.yaml", try bench.read("hookline.yaml").replacing("tables: {", with: "tables: { orders: data/orders.csv,"))
            let error = await #expect(throws: AppError.self) { try await bench.app.describe(DescribeRequest("shop")) }
            #expect(error?.code == .unnamedTable && error?.message.contains("'orders'") == true)
        }
    }

    @Test("describes a file of its kind that no source names")
    func file() async throws {
        try await withShop { bench in
            let description = try await bench.app.describe(DescribeRequest(bench.path("data/users-1.parquet")))
            #expect(description.kind == "duckdb" && description.rows == 6)
        }
    }

    @Test("is checked with its data, previewed, explained, and run")
    func run() async throws {
        try await withShop { bench in
            var request = CheckRequest(["all"])
            request.readsData = true
            let check = try await bench.app.check(request)
            #expect(check.issues.isEmpty && check.data?.first?.rows == 6, "\(check.issues)")
            #expect(try await bench.app.preview(PreviewRequest("all", limit: 2)).fates.count == 2)
            let reports = try await bench.run("all", isConfirmed: true)
            #expect(reports.first?.rows == 6)
            #expect(bench.members(of: "all") == [2, 4, 5].map { "user000000\($0)@example.com" })
            try write("SELECT * REPLACE (spent::DOUBLE / (id - 5) AS spent) FROM (\(Self.users))", bench)
            let failed = try await bench.run("all", isConfirmed: true)
            #expect(failed.first?.error != nil)
            #expect(bench.members(of: "all").count == 3)
        }
    }

    @Test("is refused with the same words by check and run without its files, or with others")
    func refused() async throws {
        try await withShop { bench in
            for (change, code) in [
                ("data/none-*.parquet", "sources.no_files"), ("data", "sources.wrong_format"),
            ] {
                try bench.write(
                    "hookline.yaml",
                    bench.manifest.replacing("{ type: csv, path: data/users.csv }", with: "{ type: duckdb, tables: { users: \(change) } }"))
                let check = try await bench.app.check(CheckRequest(["all"]))
                #expect(check.issues.map(\.code) == [code], "\(check.issues)")
                let reports = try? await bench.run("all", isConfirmed: true)
                #expect(reports?.first?.error?.code.rawValue == code || reports == nil)
            }
            #expect(bench.members(of: "all").isEmpty)
        }
    }

    @Test("makes plans that another table makes stale")
    func fingerprint() async throws {
        try await withShop { bench in
            func fingerprint(_ tables: String) async throws -> String {
                try bench.write(
                    "hookline.yaml", bench.manifest.replacing("{ type: csv, path: data/users.csv }", with: "{ type: duckdb, \(tables) }"))
                return try bench.app.prepare("all", RunChoices(), in: try bench.app.workspace()).fingerprint
            }
            let first = try await fingerprint("tables: { users: data/users-*.parquet }")
            #expect(try await fingerprint("tables: { users: data/users-*.parquet }") == first)
            #expect(try await fingerprint("tables: { users: data/users-1.parquet }") != first)
        }
    }

    @Test("stops the program when a run is interrupted", .serialized, arguments: ["preview", "run"])
    func interrupted(_ command: String) async throws {
        let endless = "sql: 'SELECT id, email, spent, active FROM users, (SELECT count(*) FROM range(1000000000) a, range(1000000000) b)'"
        try await withShop(endless) { bench in
            let app = bench.app
            let work = Task {
                if command == "preview" {
                    _ = try await app.preview(PreviewRequest("all", limit: 2))
                } else {
                    let reports = try await bench.run("all", isConfirmed: true)
                    #expect(reports.first?.error?.code.rawValue == "engine.interrupted")
                    throw CancellationError()
                }
            }
            Thread { work.cancel() }.start()
            await #expect(throws: (any Error).self) { try await work.value }
            #expect(bench.members(of: "all").isEmpty)
        }
    }
}
