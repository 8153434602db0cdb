import CodedErrors

/// Why the ledger could not do what was asked, without any person's data.
///
/// A method that throws this has changed nothing: every method is one transaction.
package struct StoreError: CodedError, Equatable {
    /// What went wrong: stable, for scripts and documentation.
    package enum Code: String, CaseIterable, Sendable {
        /// Nothing at the path can be opened: it is a folder, a dangling link or on a missing volume.
        case cannotOpen = "store.cannot_open"
        /// The file is something else, such as text or another program's database. It was left alone.
        case notALedger = "store.not_a_ledger"
        /// A newer Hookline wrote the ledger. It was left alone.
        case newerVersion = "store.newer_version"
        /// The file is damaged: cut off, overwritten, or with content that no Hookline writes.
        case corrupt = "store.corrupt"
        /// The disk, or a quota on it, is full.
        case diskFull = "store.disk_full"
        /// Another process kept the ledger locked for longer than a write waits.
        case busy = "store.busy"
        /// This user may not read or write the file or its folder.
        case permission = "store.permission"
        /// The disk failed, or SQLite did, in a way that has no code of its own.
        case failed = "store.failed"
        /// The prefix matches the IDs of several runs.
        case ambiguousRun = "store.ambiguous_run"
        /// The run ID is taken.
        case runExists = "store.run_exists"
        /// The run is still in progress.
        case runInProgress = "store.run_in_progress"
        /// The ledger has no such segment.
        case unknownSegment = "store.unknown_segment"
        /// Another run of the activation is in progress and holds its lease.
        case held = "store.held"
    }

    package let code: Code
    /// The path of the ledger.
    package let location: String
    /// What was found and what to do, in one or two sentences.
    package let message: String

    /// - Parameters:
    ///   - code: what went wrong.
    ///   - location: the path of the ledger.
    ///   - message: what was found and what to do, free of people's data and of secrets.
    package init(_ code: Code, at location: String, _ message: String) {
        self.code = code
        self.location = location
        self.message = message
    }

    /// An ambiguous ID is a mistake of the person who typed it, not of the ledger.
    package var explanation: String { code == .ambiguousRun ? message : "\(location): \(message)" }
}
