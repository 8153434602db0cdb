/// Why the ledger could not do what was asked, in words that hold no person's data.
///
/// Whatever a method was doing when it threw this, it did none of it: every method is one transaction.
package struct StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What went wrong, in one word that scripts and documentation can rely on.
    package enum Code: String, CaseIterable, Sendable {
        /// There is nothing at the path that could be opened: a folder, a dangling link, a missing volume.
        case cannotOpen = "store.cannot_open"
        /// The file is something else: text, or another program's database. It was not touched.
        case notALedger = "store.not_a_ledger"
        /// A later Hookline wrote the ledger. It was not touched.
        case newerVersion = "store.newer_version"
        /// The file is damaged: cut off, overwritten, or holding what no Hookline writes.
        case corrupt = "store.corrupt"
        /// The disk, or a quota on it, is full.
        case diskFull = "store.disk_full"
        /// Another process kept the ledger locked for longer than the patience of a write.
        case busy = "store.busy"
        /// The file, or the folder it lies in, may not be read or written by this user.
        case permission = "store.permission"
        /// The disk failed, or SQLite did in a way that has no code of its own here.
        case failed = "store.failed"
        /// Several runs have an id that begins so.
        case ambiguousRun = "store.ambiguous_run"
        /// A run of that id has begun before.
        case runExists = "store.run_exists"
        /// The run has not ended yet.
        case runGoesOn = "store.run_goes_on"
        /// The segment was never put into this ledger.
        case unknownSegment = "store.unknown_segment"
        /// Another run of the activation holds its lease.
        case held = "store.held"
    }

    /// What went wrong.
    package let code: Code
    /// The ledger's file.
    package let location: String
    /// What was found and what to do, in one or two sentences.
    package let message: String

    /// An error; `message` must be free of people's data and of secrets.
    package init(_ code: Code, at location: String, _ message: String) {
        self.code = code
        self.location = location
        self.message = message
    }

    /// `ledger.db: message [code]`.
    package var description: String { "\(location): \(message) [\(code.rawValue)]" }
}
