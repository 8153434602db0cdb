import Foundation

/// Lets one process at a time change the store, and several read it.
struct PackageStoreLock: Sendable {
    /// The folder `packages/` of a workspace.
    let store: String

    /// Runs `body` while nobody else changes or reads the store.
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

    /// Runs `body` while nobody changes the store. Does not wait where nobody ever did, or where the lock may not be opened.
    ///
    /// - Throws: what `body` throws.
    func sharing<Value>(_ body: () throws -> Value) throws -> Value {
        let descriptor = open("\(store)/.lock", O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        if descriptor >= 0 { flock(descriptor, LOCK_SH) }
        return try body()
    }

    /// Turns an error of the system into `package.cannot_write`.
    func writing(_ body: () throws -> Void) throws {
        do { try body() } catch { throw PackageError.cannotWrite(store) }
    }
}
