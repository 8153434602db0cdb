import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import HooklineSources
import Support
import Testing

@Suite("The shipped packages on PostgreSQL")
struct PostgresPackagesTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("scripts/activations")

    @Test(
        "do with a table of typed columns, and with a query, what they do with their sample",
        arguments: ["lifecycle-stages", "locale-newsletter", "suppression-list", "vip-customers", "win-back"])
    func same(_ name: String) async throws {
        let package = Self.root.appendingPathComponent(name)
        let samples = try FileManager.default.contentsOfDirectory(atPath: package.appendingPathComponent("samples").path).filter {
            $0.hasSuffix(".csv")
        }.sorted()
        #expect(!samples.isEmpty)
        for sample in samples {
            let path = package.appendingPathComponent("samples/\(sample)").path
            let schema = try PostgresSchema(try statements(path))
            try await Workbench.with { bench in
                try FileManager.default.createDirectory(atPath: bench.path("activations"), withIntermediateDirectories: true)
                try FileManager.default.copyItem(atPath: package.path, toPath: bench.path("activations/\(name)"))
                func fates(_ source: String, _ bind: String) async throws -> [String] {
                    try bench.write(
                        "hookline.yaml",
                        bench.manifest.replacing("shop: { type: csv, path: data/users.csv }", with: "customers: \(source)")
                            + "activations: { \(name): { bind: { source: customers\(bind) } } }\n")
                    // Nobody is held out by chance, which follows from the ID of a run.
                    return try await bench.app.preview(PreviewRequest(name, limit: 10_000)).fates.map { "\($0)" }
                }
                let expected = try await fates("{ type: csv, path: \"\(path)\" }", "")
                let server = "{ type: postgres, \(schema.manifestKeys) }"
                #expect(expected.count > 2)
                #expect(try await fates(server, ", table: customers") == expected)
                #expect(try await fates(server, ", sql: SELECT * FROM customers ORDER BY place") == expected)
            }
        }
    }

    /// The statements that make the table `customers` of a sample, with the types that its values have.
    private func statements(_ path: String) throws -> String {
        let source = SourceConfiguration(name: "sample", kind: .csv, path: path)
        let profile = try SourceProfile(source, model: Model(), limit: nil) { false }
        let cursor = try SourceFactory.source(source, model: Model()).open()
        var batch = RecordBatch(columns: cursor.columns)
        var rows: [[String?]] = []
        while try cursor.read(into: &batch, limit: 1_000) {
            for row in 0..<batch.count { rows.append(batch.columns.map { $0.text(row) }) }
        }
        let names = cursor.columns.map(\.name)
        let types = names.map { name in
            let column = profile.columns.first { $0.name == name }
            let fitting = column?.trials.filter { $0.fits == column?.values }.map(\.candidate) ?? []
            func fits(_ type: ColumnType) -> Bool { fitting.contains { $0.type == type && $0.format == ColumnFormat() } }
            return fits(.boolean) && !fits(.integer)
                ? "boolean" : fits(.integer) ? "bigint" : fits(.decimal) ? "numeric" : fits(.timestamp) ? "timestamptz" : "text"
        }
        let columns = zip(names, types).map { "\(PostgresSchema.quoted($0)) \($1)" }
        let values = rows.enumerated().map { place, row in
            "(\((row.map { $0.map(PostgresSchema.literal) ?? "NULL" } + ["\(place)"]).joined(separator: ", ")))"
        }
        return "SET TIME ZONE 'UTC'; CREATE TABLE customers (\(columns.joined(separator: ", ")), place int); INSERT INTO customers VALUES "
            + values.joined(separator: ", ")
    }
}
