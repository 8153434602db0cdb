import Archive
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklinePackages
import HooklineSources

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
            let code = report.error?.code
            self = code == .init(EngineError.Code.interrupted) ? .interrupted : code.map(Self.isAboutFiles) == true ? .invalid : .failed
        }
    }

    /// Whether a code tells of a manifest or script that is wrong in itself, whatever the data.
    static func isAboutFiles(_ code: RunFailure.Code) -> Bool { code.isAboutManifest || aboutFiles.contains(code) }

    private static let aboutFiles: Set<RunFailure.Code> = {
        let sources: [SourceError.Code] = [.unknownColumn, .duplicateColumn, .badModel, .badExpression, .unknownTable]
        let hooks: [HookError.Code] = [.syntax, .shape, .unknownHook, .twice]
        // The network and a full disk say nothing of the package.
        let packages = Set(PackageError.Code.allCases).subtracting([.cannotWrite, .download])
        return Set(
            sources.map(RunFailure.Code.init) + hooks.map(RunFailure.Code.init) + packages.map(RunFailure.Code.init)
                + ArchiveError.Code.allCases.map(RunFailure.Code.init) + [RunFailure.Code(EngineError.Code.unreadablePlan)])
    }()

    /// Ends the command with this status, unless everything went well.
    func leave() throws {
        if self != .done { throw self }
    }
}
