import Archive
import Foundation
import HooklineCore
import HooklineManifest
import HooklineSources
import SystemPackage

/// The source to describe, and how to read it.
package struct DescribeRequest: Sendable {
    /// The name of a source of the workspace, or the path of a file.
    package var source: String
    /// The table of a database.
    package var table: String?
    package var sql: String?
    /// How many rows to read; nil for all.
    package var limit: Int?
    /// For a file outside the workspace; nil for commas.
    package var delimiter: UInt8?
    /// For a file outside the workspace.
    package var encoding: FileFormat.Encoding?

    package init(_ source: String) {
        self.source = source
    }
}

extension App {
    /// Reads a source, and describes its columns without any person's data.
    ///
    /// - Throws: `manifest.unknown_source`, `describe.table`, `usage`; what reading a source throws; `CancellationError`.
    package func describe(_ request: DescribeRequest) async throws -> SourceDescription {
        try describe(request, in: try workspaceIfAny())
    }

    /// Describes a source of an open workspace.
    func describe(_ request: DescribeRequest, in workspace: LoadedWorkspace) throws -> SourceDescription {
        let configuration = try configuration(of: request, in: workspace)
        var model = Model()
        if configuration.kind.isDatabase {
            model.sql = request.sql
            model.table = try request.table ?? (request.sql == nil ? onlyTable(of: configuration) : nil)
        } else if request.table != nil || request.sql != nil {
            throw AppError(
                .usage, "--table and --sql are for databases, and '\(configuration.name)' is a \(configuration.kind.rawValue) file")
        }
        let profile = try SourceProfile(configuration, model: model, limit: request.limit) { Task.isCancelled }
        return SourceDescription(profile, of: configuration, table: model.table)
    }

    private func configuration(of request: DescribeRequest, in workspace: LoadedWorkspace) throws -> SourceConfiguration {
        let isSource = workspace.workspace.sources[request.source] != nil
        var isFolder: ObjCBool = false
        guard !isSource, FileManager.default.fileExists(atPath: request.source, isDirectory: &isFolder), !isFolder.boolValue else {
            if isSource, request.delimiter != nil || request.encoding != nil {
                throw AppError(
                    .usage,
                    "--delimiter and --encoding are for files outside the workspace; '\(request.source)' is a source: set them in hookline.yaml"
                )
            }
            let found = workspace.document.source(named: request.source)
            if !isSource, let issue = found.issues.first {
                throw AppError(.unknownSource, "\(issue.message), and no file has that name")
            }
            return try usable(found)
        }
        var configuration = SourceConfiguration(name: request.source, kind: try Self.kind(ofFile: request.source), path: request.source)
        if request.source.lowercased().hasSuffix(".tsv") { configuration.delimiter = UInt8(ascii: "\t") }
        if let delimiter = request.delimiter { configuration.delimiter = delimiter }
        if let encoding = request.encoding { configuration.file.encoding = encoding }
        if configuration.kind == .duckdb { configuration = Self.duckdb(configuration, environment) }
        return configuration
    }

    /// A Parquet file as the table `file`, or a database.
    private static func duckdb(_ configuration: SourceConfiguration, _ environment: [String: String]) -> SourceConfiguration {
        var configuration = configuration
        let path = FilePath(configuration.path).absolute.string
        var settings = DuckDBSettings(environment: environment)
        if path.lowercased().hasSuffix(".parquet") {
            settings.tables = [DuckDBSettings.Table("file", files: [path])]
            configuration.path = ""
        } else {
            configuration.path = path
        }
        configuration.duckdb = settings
        return configuration
    }

    private static func kind(ofFile path: String) throws -> SourceConfiguration.Kind {
        var name = path.lowercased()
        if let compression = Compression(path: name) { name.removeLast(compression.suffix.count) }
        if [".jsonl", ".ndjson", ".json"].contains(where: name.hasSuffix) { return .jsonl }
        if [".parquet", ".duckdb"].contains(where: name.hasSuffix) { return .duckdb }
        if [".db", ".db3", ".sqlite", ".sqlite3"].contains(where: name.hasSuffix) { return .sqlite }
        let first = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)).read(upToCount: 16)
        return first?.starts(with: Array("SQLite format 3".utf8)) ?? false ? .sqlite : .csv
    }

    private func onlyTable(of configuration: SourceConfiguration) throws -> String {
        let tables =
            switch configuration.kind {
            case .postgres, .redshift: try PostgresTables.names(in: configuration) { Task.isCancelled }
            case .odbc, .adbc: try DriverTables.names(in: configuration) { Task.isCancelled }
            case .duckdb: try DuckDBTables.names(in: configuration) { Task.isCancelled }
            default: try SQLiteTables.names(in: configuration)
            }
        if tables.count == 1 { return tables[0] }
        let there = tables.isEmpty ? "it has none" : "it has \(ColumnNames.listed(tables))"
        throw AppError(.unnamedTable, "'\(configuration.name)' is a database; add --table NAME or --sql QUERY: \(there)")
    }
}
