import Foundation
import GRDB

/// The ledger's file: created for its owner alone, and inspected before it is trusted.
struct LedgerFile {
    let path: String

    /// `HKLN`, the `PRAGMA application_id` of a ledger, which tells it from any other database.
    static let applicationID: Int64 = 0x484B_4C4E

    /// The smallest page, in bytes (sqlite.org, "Database File Format", 1.3.2).
    private static let smallestDatabase = 512

    /// Creates the file and its folder if they are missing.
    ///
    /// New folders get mode 0700 and a new file 0600, whatever the umask; SQLite gives `-wal` and `-shm` the mode of their file. Existing
    /// files and folders keep the mode that somebody chose for them.
    ///
    /// - Throws: `store.cannot_open`, `store.permission` or `store.disk_full`.
    func prepare() throws {
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
            guard !isDirectory.boolValue else {
                throw StoreError(.cannotOpen, at: path, "this is a folder; set `state:` to the ledger's file, such as \(path)/ledger.db")
            }
            // Not opened: closing a descriptor would drop the locks that SQLite holds on the file elsewhere in this process (POSIX
            // advisory locks; sqlite.org, "How To Corrupt An SQLite Database File", 2.2).
            return
        }
        try makeFolder((path as NSString).deletingLastPathComponent)
        try makeFile()
    }

    /// The file by its one absolute path without links: all who share a ledger must share its locks.
    ///
    /// - Throws: `store.cannot_open` or `store.permission`.
    func resolved() throws -> LedgerFile {
        guard let name = realpath(path, nil) else { throw Self.systemError(errno, at: path, doing: "find it") }
        defer { free(name) }
        return LedgerFile(path: String(cString: name))
    }

    /// Inspects an existing file without changing it.
    ///
    /// - Throws: `store.not_a_ledger` for anything but a ledger; `store.newer_version` or `store.corrupt` for a ledger that `schema` does
    ///   not know; another `StoreError` when the file cannot be read.
    func inspect(for schema: LedgerSchema) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size > 0 else { return }
        // SQLite takes a few stray bytes for an empty database, and would overwrite them.
        guard status.st_size >= Self.smallestDatabase else { throw StoreError(.notALedger, at: path, StoreError.noDatabase) }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        try StoreError.translating(at: path) {
            do { try inspect(with: configuration, for: schema) } catch let error as DatabaseError where error.isUnfinished {
                // Somebody was killed inside a transaction. Only a connection that may write can roll it back.
                try UnfinishedTransaction(path: path).refuseForeign()
                configuration.readonly = false
                try inspect(with: configuration, for: schema)
            }
        }
    }

    private func inspect(with configuration: Configuration, for schema: LedgerSchema) throws {
        let database = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? database.close() }
        try database.read { try inspect($0, for: schema) }
    }

    private func inspect(_ database: Database, for schema: LedgerSchema) throws {
        let application = try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        // A process that is killed right after it creates the file leaves a database without tables.
        if application == 0, tables == 0 { return }
        guard application == Self.applicationID else {
            throw StoreError(
                .notALedger, at: path,
                "this SQLite database belongs to another program and was left alone; set `state:` to another path")
        }
        try schema.refuseUnknown(database, path: path)
    }

    private func makeFolder(_ folder: String) throws {
        guard !folder.isEmpty, !FileManager.default.fileExists(atPath: folder) else { return }
        try makeFolder((folder as NSString).deletingLastPathComponent)
        guard mkdir(folder, 0o700) == 0 else {
            // Another process has created it meanwhile.
            if errno == EEXIST { return }
            throw Self.systemError(errno, at: path, doing: "create its folder")
        }
        // Undoes the umask.
        chmod(folder, 0o700)
    }

    private func makeFile() throws {
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor < 0 {
            let reason = errno
            // Another process has created it meanwhile; or it is a dangling link, which SQLite would follow, with a wider mode.
            if reason == EEXIST, FileManager.default.fileExists(atPath: path) { return }
            throw Self.systemError(reason, at: path, doing: "create it")
        }
        fchmod(descriptor, 0o600)
        close(descriptor)
    }

    /// What an `errno` means for the ledger at a path; `act` completes "could not".
    static func systemError(_ number: Int32, at path: String, doing act: String) -> StoreError {
        let words = String(cString: strerror(number))
        return switch number {
        case EACCES, EPERM, EROFS:
            StoreError(.permission, at: path, "this user may not \(act) (\(words)); grant access, or set `state:` to another path")
        case ENOSPC, EDQUOT:
            StoreError(.diskFull, at: path, "there is no space to \(act) (\(words)); free some space, then run again")
        default:
            StoreError(
                .cannotOpen, at: path, "could not \(act) (\(words)); set `state:` to a file in a folder that exists or can be created")
        }
    }
}
