#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The connection slots of an account that all processes of a user on this machine share.
///
/// Mailchimp counts the connections of an account, whoever opens them. A slot is a file that its holder keeps locked (`flock(2)`): the
/// system releases the lock when a process ends, however it ends, so no slot is ever lost.
package final class ConnectionSlots: Sendable {
    /// A taken slot, released when the last reference is.
    package final class Slot: Sendable {
        private let descriptor: Int32

        fileprivate init(_ descriptor: Int32) { self.descriptor = descriptor }

        deinit { close(descriptor) }
    }

    private let folder: String
    private let name: String
    private let limit: Int

    /// Creates the slots of one account; nil when the folder is unusable, and each process counts alone.
    ///
    /// - Parameters:
    ///   - folder: created with mode 0700 if missing; refused when it is a link or belongs to another user.
    ///   - name: tells accounts apart; it becomes part of file names, so it must not contain a secret.
    ///   - limit: the number of slots, reduced to `1...10`.
    package init?(folder: String, name: String, limit: Int) {
        mkdir(folder, 0o700)
        var status = stat()
        guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(), status.st_mode & 0o077 == 0
        else {
            return nil
        }
        self.folder = folder
        self.name = name
        self.limit = min(max(limit, 1), MailchimpConfiguration.connectionLimit)
    }

    /// Takes a slot that is free now; nil when none is.
    package func takeFree() -> Slot? {
        for number in 0..<limit {
            let descriptor = open("\(folder)/\(name).\(number)", O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
            // Where no file can be created, nobody should wait forever.
            guard descriptor >= 0 else { return Slot(-1) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return Slot(descriptor) }
            close(descriptor)
        }
        return nil
    }

    /// Waits for a slot, checking every few hundredths of a second: little compared with a response time of Mailchimp.
    ///
    /// - Throws: `CancellationError` when the task is cancelled in the meantime.
    package func take(_ dependencies: ClientDependencies) async throws -> Slot {
        while true {
            if let slot = takeFree() { return slot }
            try await dependencies.sleep(.milliseconds(10) + .milliseconds(30) * dependencies.fraction())
        }
    }
}
