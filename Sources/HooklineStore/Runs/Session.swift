import Foundation

/// Shows other processes that a ledger is open, for as long as its process lives.
///
/// A session is a file in the folder `ledger.db.locks` that its owner keeps locked (`flock(2)`). The system drops the lock when the process
/// ends, even by `kill -9`: if the file is unlocked or gone, so is its owner. Unlike a process ID, it is never reused, and it works
/// between containers that share the folder. Children must not keep it open: the descriptor closes on `exec`, and a process that forks
/// without `exec` has to close it.
///
/// A ledger in memory needs no file: nobody else can open it.
final class Session: Sendable {
    let name = UUID().uuidString.lowercased()
    private let lock: (path: String, descriptor: Int32)?

    /// This process, for messages that name who is using the ledger.
    static var process: (id: Int32, host: String) { (getpid(), ProcessInfo.processInfo.hostName) }

    /// Begins a session, and deletes the files of dead ones.
    ///
    /// - Throws: `store.permission`, `store.disk_full` or `store.cannot_open`.
    init(of ledger: String) throws {
        let folder = Self.folder(of: ledger)
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw LedgerFile.systemError(errno, at: ledger, doing: "create the folder for its locks")
        }
        Self.clear(folder)
        let path = Self.path(of: name, in: folder)
        // It gets its name only once it is locked: a file of that name that is unlocked means a dead session.
        let unfinished = "\(path).new"
        let descriptor = open(unfinished, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LedgerFile.systemError(errno, at: ledger, doing: "create a lock file beside it") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, rename(unfinished, path) == 0 else {
            let reason = errno
            unlink(unfinished)
            close(descriptor)
            throw LedgerFile.systemError(reason, at: ledger, doing: "lock a file beside it")
        }
        lock = (path, descriptor)
    }

    /// Begins a session of a ledger in memory.
    init() { lock = nil }

    deinit {
        guard let lock else { return }
        unlink(lock.path)
        close(lock.descriptor)
    }

    /// Whether a session of the ledger at that path is still open, in this process or another.
    static func isAlive(_ name: String, of ledger: String) -> Bool {
        isLocked(path(of: name, in: folder(of: ledger)))
    }

    private static func folder(of ledger: String) -> String { "\(ledger).locks" }

    private static func path(of name: String, in folder: String) -> String { "\(folder)/\(name).session" }

    private static func isLocked(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        // A file that we may not open belongs to another user's session; only a missing file is surely a dead one.
        guard descriptor >= 0 else { return errno != ENOENT }
        defer { close(descriptor) }
        // A shared lock, so that two processes that look at once do not take each other for the owner.
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    private static func clear(_ folder: String) {
        for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where file.hasSuffix(".session") {
            if !isLocked("\(folder)/\(file)") { unlink("\(folder)/\(file)") }
        }
    }
}
