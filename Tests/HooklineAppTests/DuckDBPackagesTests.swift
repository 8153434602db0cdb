import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import Support
import Testing

@Suite("The shipped packages on DuckDB")
struct DuckDBPackagesTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("scripts/activations")

    @Test(
        "do with a CSV file, a Parquet file, and a query what they do with their sample",
        arguments: ["lifecycle-stages", "locale-newsletter", "suppression-list", "vip-customers", "win-back"])
    func same(_ name: String) async throws {
        let package = Self.root.appendingPathComponent(name)
        let samples = try FileManager.default.contentsOfDirectory(atPath: package.appendingPathComponent("samples").path).filter {
            $0.hasSuffix(".csv")
        }.sorted()
        #expect(!samples.isEmpty)
        for sample in samples {
            let path = package.appendingPathComponent("samples/\(sample)").path
            try await Workbench.with { bench in
                try FileManager.default.createDirectory(atPath: bench.path("activations"), withIntermediateDirectories: true)
                try FileManager.default.copyItem(atPath: package.path, toPath: bench.path("activations/\(name)"))
                try DuckDBCommand.run("COPY (FROM read_csv('\(path)', all_varchar = true)) TO 'sample.parquet'", in: bench.path("data"))
                func fates(_ source: String, _ bind: String) async throws -> [String] {
                    try bench.write(
                        "hookline.yaml",
                        bench.manifest.replacing("shop: { type: csv, path: data/users.csv }", with: "customers: \(source)")
                            + "activations: { \(name): { bind: { source: customers\(bind) } } }\n")
                    return try await bench.app.preview(PreviewRequest(name, limit: 10_000)).fates.map { "\($0)" }
                }
                let expected = try await fates("{ type: csv, path: \"\(path)\" }", "")
                #expect(expected.count > 2)
                let files = "{ type: duckdb, tables: { customers: \"\(path)\", stored: data/sample.parquet } }"
                for bind in [", table: customers", ", table: stored", ", sql: SELECT * FROM customers"] {
                    #expect(try await fates(files, bind) == expected, "\(sample)\(bind)")
                }
            }
        }
    }
}
