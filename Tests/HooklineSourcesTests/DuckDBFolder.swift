import Foundation
import HooklineCore
import Support

@testable import HooklineSources

/// A folder of files that a source of type duckdb reads.
final class DuckDBFolder {
    private let folder: TemporaryFolder
    var path: String { folder.path }

    /// - Parameter statements: run in the folder, to write Parquet files.
    /// - Throws: what DuckDB says against them.
    init(_ statements: String = "") throws {
        folder = try TemporaryFolder()
        if !statements.isEmpty { try DuckDBCommand.run(statements, in: path) }
    }

    /// Writes a file with the name.
    func write(_ text: String, _ name: String) throws {
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: "\(path)/\(name)").deletingLastPathComponent(), withIntermediateDirectories: true)
        _ = try folder.write(text.utf8, name)
    }

    /// A source that reads a database of the folder, and tables by name and pattern.
    func source(_ tables: [String: String] = [:], database: String? = nil) throws -> SourceConfiguration {
        var source = SourceConfiguration(name: "lake", kind: .duckdb, path: database.map { "\(path)/\($0)" } ?? "")
        var settings = DuckDBSettings(tables: tables.sorted { $0.key < $1.key }.map { .init($0, files: ["\(path)/\($1)"]) })
        settings.program = try DuckDBCommand.path
        source.duckdb = settings
        return source
    }

    func read(_ source: SourceConfiguration, _ model: Model) throws -> RowsRead {
        try RowsRead(DuckDBSource(source, model: model).open())
    }

    /// The rows of a query without tables.
    static func read(_ query: String, _ model: Model = Model()) throws -> RowsRead {
        let folder = try DuckDBFolder()
        var model = model
        model.sql = query
        return try folder.read(folder.source(), model)
    }
}
