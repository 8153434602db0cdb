import Foundation

/// A sign of life of one open ledger, which other processes can read and which no death forgets to take down.
///
/// It is a file in the folder `ledger.db.locks` that its owner keeps locked (`flock(2)`). The system drops the lock when the
/// process ends, by `kill -9` too, so a file that is unlocked, or gone, speaks of an owner who is gone. Unlike a process id it
/// is never given to somebody else, and it holds between containers that share the folder. Children must not keep it open:
/// the descriptor closes on `exec`; a process that forks without `exec` has to close it.
///
/// A ledger in memory needs no file: nobody else can ask.
final class Session: Sendable {
    let name = UUID().uuidString.lowercased()
    private let lock: (path: String, descriptor: Int32)?

    /// This process, for people: who to ask, or to end.
    static var process: (id: Int32, host: String) { (getpid(), ProcessInfo.processInfo.hostName) }

    /// Begins a session, and clears away the files of those that died.
    ///
    /// - Throws: `store.permission`, `store.disk_full` or `store.cannot_open`.
    init(of ledger: String) throws {
        let folder = Self.folder(of: ledger)
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw LedgerFile.systemError(errno, at: ledger, doing: "make the folder of its locks")
        }
        Self.clear(folder)
        let path = Self.path(of: name, in: folder)
        // It gets its real name only when it is locked: under that name, unlocked means dead.
        let unfinished = "\(path).new"
        let descriptor = open(unfinished, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LedgerFile.systemError(errno, at: ledger, doing: "make a lock file beside it") }
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

    /// Whether the session of that name of a ledger in a file still goes on, in this process or in another.
    static func isAlive(_ name: String, of ledger: String) -> Bool {
        isLocked(path(of: name, in: folder(of: ledger)))
    }

    private static func folder(of ledger: String) -> String { "\(ledger).locks" }

    private static func path(of name: String, in folder: String) -> String { "\(folder)/\(name).session" }

    private static func isLocked(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        // Not ours to open means that somebody else's session is there; only a file that is gone is surely dead.
        guard descriptor >= 0 else { return errno != ENOENT }
        defer { close(descriptor) }
        // A shared lock, so that two who look at once do not take each other for the owner.
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    private static func clear(_ folder: String) {
        for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where file.hasSuffix(".session") {
            if !isLocked("\(folder)/\(file)") { unlink("\(folder)/\(file)") }
        }
    }
}
