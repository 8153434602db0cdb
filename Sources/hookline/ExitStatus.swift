import HooklineApp
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklinePackages
import HooklineSources

/// How the process ends; documented in `docs/reference/cli.md`.
enum ExitStatus: Int32, Error {
    case done = 0
    case failed = 1
    /// The command line or a file is invalid.
    case invalid = 2
    /// Nothing was sent: a safeguard, a review hook or a person said no.
    case stopped = 3
    /// Finished, but Mailchimp rejected users.
    case rejected = 4
    /// Nothing was sent: the source's rows are too old, or not all there yet.
    case stale = 5
    /// Nothing was sent: the source has no rows.
    case empty = 6
    case interrupted = 130

    init(_ kind: FailureKind) {
        switch kind {
        case .invalid: self = .invalid
        case .stopped: self = .stopped
        case .stale: self = .stale
        case .empty: self = .empty
        case .interrupted: self = .interrupted
        case .failed: self = .failed
        }
    }

    /// The status for the end of a run.
    init(_ report: RunReport) {
        self = FailureKind(report).map { ExitStatus($0) } ?? (report.outcome == .partial ? .rejected : .done)
    }

    /// Ends the command with this status, unless everything went well.
    func leave() throws(ExitStatus) {
        if self != .done { throw self }
    }
}
