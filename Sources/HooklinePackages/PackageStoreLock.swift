import Foundation

/// Lets one process at a time change the store, and several look at it.
struct PackageStoreLock: Sendable {
    /// The folder `packages/` of a workspace.
    let store: String

    /// Nobody else installs, or looks, meanwhile.
    ///
    /// - Throws: `package.cannot_write`, and what `body` throws.
    func exclusively<Value>(_ body: () throws -> Value) throws -> Value {
        try writing { try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true) }
        let descriptor = open("\(store)/.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
        guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
            if descriptor >= 0 { close(descriptor) }
            throw PackageError.cannotWrite(store)
        }
        defer { close(descriptor) }
        return try body()
    }

    /// Nobody installs meanwhile; where nobody ever did, or the lock may not be opened, nothing is waited for.
    func sharing<Value>(_ body: () throws -> Value) throws -> Value {
        let descriptor = open("\(store)/.lock", O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        if descriptor >= 0 { flock(descriptor, LOCK_SH) }
        return try body()
    }

    /// Turns the system's refusal to write into this room's.
    func writing(_ body: () throws -> Void) throws {
        do { try body() } catch { throw PackageError.cannotWrite(store) }
    }
}
