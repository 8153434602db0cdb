import GRDB
import GRDBSQLite

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The file of an SQLite database that somebody else writes.
enum SQLiteFile {
    /// The bytes of a value or a row; a batch's row may not have more.
    static let longestValue: Int32 = 128 << 20

    /// Opens it for reading only.
    ///
    /// - Throws: `sources.not_found`, `sources.not_a_file`, `sources.unreadable`, `sources.not_a_database`.
    static func open(_ path: String) throws -> DatabaseQueue {
        try checkFile(path)
        var configuration = Configuration()
        configuration.readonly = true
        // The transaction spans several calls of `read`.
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(5)
        configuration.label = "HooklineSources"
        configuration.prepareDatabase {
            try $0.execute(sql: "PRAGMA query_only = 1")
            // A value that no row may have is not put together first.
            sqlite3_limit($0.sqliteConnection, SQLITE_LIMIT_LENGTH, Self.longestValue)
        }
        do {
            let database = try DatabaseQueue(path: path, configuration: configuration)
            try database.inDatabase { _ = try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
            return database
        } catch let error as DatabaseError {
            if error.resultCode == .SQLITE_NOTADB {
                let found = (try? PeekedStream(FileStream(OpenFile(path: path)))).flatMap { FileSignature.name($0.first) }
                throw SourceError(
                    .notADatabase, at: .init(path),
                    "the file is \(found.map { "\($0), and " } ?? "")no SQLite database; `path` of an sqlite source names one")
            }
            throw SourceError(.unreadable, at: .init(path), "SQLite cannot open the database: \(error.message ?? "\(error.resultCode)")")
        }
    }

    /// SQLite's own words for a missing file say only that it cannot be opened.
    private static func checkFile(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR {
                throw SourceError(.notFound, at: .init(path), "there is no such file; correct `path` of the source")
            }
            throw SourceError(.unreadable, at: .init(path), "the file cannot be opened: \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SourceError(.notAFile, at: .init(path), "this is a folder or a device; `path` of an sqlite source names a database file")
        }
    }
}
