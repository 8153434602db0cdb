import HooklineCore

/// How the process ends; documented in `docs/reference/cli.md`.
enum ExitStatus: Int32, Error {
    case done = 0
    case failed = 1
    /// Usage, or files that are invalid.
    case invalid = 2
    /// A safeguard or a review hook stopped the run.
    case stopped = 3
    /// Finished, but Mailchimp rejected users.
    case rejected = 4
    case interrupted = 130

    /// The status that a run's report leaves with.
    init(_ report: RunReport) {
        switch report.outcome {
        case .done: self = .done
        case .stopped: self = .stopped
        case .partial: self = .rejected
        case .failed:
            let code = report.error?.code ?? ""
            self = code == "engine.interrupted" ? .interrupted : Self.isAboutFiles(code) ? .invalid : .failed
        }
    }

    /// Whether a code tells of a manifest or script that is wrong in itself, whatever the data.
    static func isAboutFiles(_ code: String) -> Bool {
        let others: Set = [
            "sources.unknown_column", "sources.duplicate_column", "sources.bad_model", "sources.bad_expression", "sources.unknown_table",
            "engine.unreadable_plan", "hook.syntax", "hook.shape", "hook.unknown_hook", "hook.twice",
        ]
        let packages = ["package.cannot_write", "package.download"]
        return code.hasPrefix("manifest.") || code.hasPrefix("archive.") || (code.hasPrefix("package.") && !packages.contains(code))
            || others.contains(code)
    }

    /// Ends the command with this status, unless everything went well.
    func leave() throws {
        if self != .done { throw self }
    }
}
