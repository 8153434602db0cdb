import GRDB
import GRDBSQLite

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Opens an SQLite database that other programs write.
enum SQLiteFile {
    /// The largest value or row, in bytes.
    static let longestValue: Int32 = 128 << 20

    /// Opens the database read-only.
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
            // Keeps SQLite from building larger values.
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
                    "the file is \(found.map { "\($0), " } ?? "")not an SQLite database; correct `path` of the source")
            }
            if error.extendedResultCode == .SQLITE_READONLY_ROLLBACK {
                throw SourceError(
                    .unreadable, at: .init(path),
                    "a program stopped in the middle of writing this database, and Hookline only reads it; let that program open it once, "
                        + "which takes the unfinished transaction back")
            }
            throw SourceError(.unreadable, at: .init(path), "SQLite cannot open the database: \(error.message ?? "\(error.resultCode)")")
        }
    }

    /// Detects what SQLite's messages do not distinguish: a missing file, a folder, and a file that cannot be opened.
    private static func checkFile(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR {
                throw SourceError(.notFound, at: .init(path), "there is no such file; correct `path` of the source")
            }
            throw SourceError(.unreadable, at: .init(path), "the file cannot be opened: \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SourceError(.notAFile, at: .init(path), "this is a folder or a device; set `path` of the source to a database file")
        }
    }
}
