#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The slots for connections of an account's line that all processes of a user on this machine share.
///
/// Mailchimp counts the connections of an account, whoever opens them. A slot is a file that its holder keeps locked (`flock(2)`): the
/// system takes the lock back when a process ends, however it does, so no slot is ever lost.
package final class ConnectionSlots: Sendable {
    /// A slot; letting go of it gives it back.
    package final class Slot: Sendable {
        private let descriptor: Int32

        fileprivate init(_ descriptor: Int32) { self.descriptor = descriptor }

        deinit { close(descriptor) }
    }

    private let folder: String
    private let name: String
    private let limit: Int

    /// The slots of one account.
    ///
    /// - Parameters:
    ///   - folder: made where it is missing, with mode 0700; one that belongs to somebody else, or is a link, is not used.
    ///   - name: tells accounts apart; it becomes part of file names, so no secret may stand in it.
    ///   - limit: how many slots there are, within `1...10`.
    /// - Returns: nil when there is no such folder to be had; each process then counts for itself.
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

    /// A slot, if one is free now.
    package func takeFree() -> Slot? {
        for number in 0..<limit {
            let descriptor = open("\(folder)/\(name).\(number)", O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
            // Where no file can be made, nobody is to wait for ever.
            guard descriptor >= 0 else { return Slot(-1) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return Slot(descriptor) }
            close(descriptor)
        }
        return nil
    }

    /// Waits for a slot: looks again every few hundredths of a second, which is short beside an answer of Mailchimp.
    ///
    /// Throws `CancellationError` when the task is cancelled meanwhile.
    package func take(_ dependencies: ClientDependencies) async throws -> Slot {
        while true {
            if let requestLine = takeFree() { return requestLine }
            try await dependencies.sleep(.milliseconds(10) + .milliseconds(30) * dependencies.fraction())
        }
    }
}
