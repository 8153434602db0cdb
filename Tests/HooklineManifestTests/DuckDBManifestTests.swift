import HooklineCore
import HooklineManifest
import Testing

@Suite("A source of type duckdb in hookline.yaml")
struct DuckDBManifestTests {
    private func loaded(_ source: String) -> Loaded<WorkspaceDocument> {
        MemoryFiles(workspace: "hookline: 1\nsources:\n  lake: { \(source) }\n").load()
    }

    @Test("has a database, tables of files, or both, with paths from the workspace's folder")
    func parts() throws {
        let source = try #require(
            loaded(
                "type: duckdb, path: data/shop.duckdb, tables: { users: 'data/users/*.parquet', orders: [/in/a.csv, ../b.csv] }, memory_limit: 2GB, threads: 4, statement_timeout: 10m, timezone: Europe/Paris"
            ).get().workspace.sources["lake"])
        var settings = DuckDBSettings(tables: [
            .init("orders", files: ["/in/a.csv", "/b.csv"]), .init("users", files: ["/w/data/users/*.parquet"]),
        ])
        (settings.memoryLimit, settings.threads, settings.timeout) = (2 << 30, 4, 600_000)
        #expect(source.duckdb == settings && source.path == "/w/data/shop.duckdb" && source.timezone == "Europe/Paris")
        #expect(try loaded("type: duckdb, path: shop.duckdb").get().workspace.sources["lake"]?.duckdb == DuckDBSettings())
    }

    @Test(
        "is refused without either, with a name that is none in SQL, with two names that are one there, and with a limit that is none",
        arguments: [
            ("type: duckdb", "manifest.missing_key"), ("type: duckdb, tables: {}", "manifest.missing_key"),
            ("type: duckdb, tables: { 'a b': x.csv }", "manifest.bad_name"),
            ("type: duckdb, tables: { 'a\"': x.csv }", "manifest.bad_name"),
            ("type: duckdb, tables: { Users: x.csv, users: y.csv }", "manifest.duplicate_key"),
            ("type: duckdb, path: a, memory_limit: 1MB", "manifest.wrong_value"),
            ("type: duckdb, path: a, threads: 0", "manifest.wrong_value"),
            ("type: duckdb, path: a, delimiter: ;", "manifest.unknown_key"), ("type: duckdb, tables: [a.csv]", "manifest.wrong_type"),
        ])
    func refused(_ source: String, _ code: String) {
        let loaded = loaded(source)
        #expect(loaded.hasErrors && loaded.issues.contains { $0.code == code && $0.severity == .error }, "\(loaded.issues)")
    }
}
