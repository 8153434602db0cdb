import Foundation
import HooklineCore

extension SourceQuestions {
    package func digest(of probe: SourceProbe, isCancelled: @escaping @Sendable () -> Bool) throws -> String? {
        switch probe {
        case .files: try digestOfFiles(isCancelled)
        case .query(let query): try digest(ofAnswerTo: query, isCancelled)
        }
    }

    /// How much of a file is digested at a time.
    private static let block = 1 << 20
    /// More is no probe, but a reading of the source.
    private static let mostRows = 100_000

    /// A digest of the files' whole content: a time and a size can be those of another content.
    private func digestOfFiles(_ isCancelled: () -> Bool) throws -> String? {
        var fingerprint = Fingerprint()
        let paths = try files()
        let before = try paths.map { try FileStamp.of($0, called: $0)?.text }
        for path in paths { try add(path, to: &fingerprint, isCancelled) }
        // What changed meanwhile says nothing.
        guard try files() == paths, try paths.map({ try FileStamp.of($0, called: $0)?.text }) == before else { return nil }
        return fingerprint.text
    }

    private func add(_ path: String, to fingerprint: inout Fingerprint, _ isCancelled: () -> Bool) throws {
        let stamp = try FileStamp.of(path, called: path)
        // An empty log beside a database comes and goes with every program that opens it, and says as much as none.
        if Self.isLog(path), stamp == nil || stamp?.size == 0 { return }
        guard let stamp else { return fingerprint.add("absent \(path)", []) }
        if !stamp.isFile { throw SourceError(.notAFile, at: .init(path), "'\(path)' is not a regular file") }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw SourceError(.unreadable, at: .init(path), "the file '\(path)' cannot be read; check its permissions")
        }
        defer { try? file.close() }
        fingerprint.add("file \(path)", [])
        while let bytes = try file.read(upToCount: Self.block), !bytes.isEmpty {
            if isCancelled() { throw CancellationError() }
            fingerprint.add("block", Array(bytes))
        }
    }

    /// Whether a path is that of a file in which a database keeps what it has not yet taken over.
    private static func isLog(_ path: String) -> Bool { ["-wal", "-journal", ".wal"].contains { path.hasSuffix($0) } }

    /// All files that rows may come from, in an order that follows from their names.
    private func files() throws -> [String] {
        switch configuration.kind {
        case .csv, .jsonl: return [configuration.path]
        // Until a checkpoint, what was written last is beside the database.
        case .sqlite: return [configuration.path, configuration.path + "-wal", configuration.path + "-journal"]
        case .duckdb:
            let database = configuration.path.isEmpty ? [] : [configuration.path, configuration.path + ".wal"]
            return try database + (configuration.duckdb?.tables ?? []).flatMap(\.files).flatMap { try FileGlob.files($0) }
        case .postgres, .redshift, .odbc, .adbc: return []
        }
    }

    /// A digest of all rows and columns, as the source writes them: a time that is read as a time has lost its fraction.
    private func digest(ofAnswerTo query: String, _ isCancelled: @escaping @Sendable () -> Bool) throws -> String {
        var model = Model(sql: query)
        model.timezone = timezone
        let columns = try SourceFactory.source(configuration, model: model).open(isCancelled: isCancelled).columns
        model.columns = columns.map { .init($0.name, .text) }
        // The zero-width spaces and the like of a text count here.
        var exact = configuration
        (exact.trims, exact.nullValues) = (false, [])
        let cursor = try SourceFactory.source(exact, model: model).open(isCancelled: isCancelled)
        cursor.setCancellationCheck(isCancelled)
        var (fingerprint, batch) = (Fingerprint(), RecordBatch(columns: cursor.columns))
        for column in cursor.columns { fingerprint.add("column \(column.name)", []) }
        while try cursor.read(into: &batch, limit: RecordBatch.defaultRows) {
            if cursor.rowsRead > Self.mostRows {
                throw SourceError(
                    .badSQL, at: .init(configuration.name),
                    "the query of 'probe' returns more than \(Self.mostRows) rows; it takes one that returns little, such as a maximum and a count"
                )
            }
            for row in 0..<batch.count {
                for column in batch.columns { fingerprint.add(column.isNull(row) ? "null" : "value", Array((column.text(row) ?? "").utf8)) }
            }
        }
        return fingerprint.text
    }
}
