import Archive
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklinePackages
import HooklineSources
import HooklineStore
import MailchimpSimulator

/// What a failure means to whoever asked: an exit status, or a status of HTTP, follows from it.
package enum FailureKind: Sendable {
    /// A request or a file is wrong in itself, whatever the data.
    case invalid
    /// A safeguard, a review hook or a name that is taken: nothing was sent, and nothing should be.
    case stopped
    /// The source's rows are too old, or not all there yet: nothing was sent, and a later run may find them.
    case stale
    /// The source has no rows: nothing was sent.
    case empty
    /// Somebody or something asked the work to stop.
    case interrupted
    /// Anything else.
    case failed

    /// The kind of an error that was thrown.
    package init(_ error: any Error) {
        self =
            switch error {
            case let error as AppError: error.code.kind
            case let error as ExpectationUnmet: error.code.isStaleness ? .stale : .stopped
            case is IssuesFound, is ArchiveError, is SimulatorError: .invalid
            case is CancellationError: .interrupted
            case let error as EngineError: error.code.kind
            case let error as SourceError: error.code.kind
            case let error as HookError: error.isOfLoading ? error.code.kindWhileLoading : error.code.kind
            case let error as PackageError: error.code.kind
            case let error as StoreError: error.code == .ambiguousRun ? .invalid : .failed
            case let error as RunFailed: FailureKind(code: error.code)
            default: .failed
            }
    }

    /// The kind of a run's end; nil for one that was applied.
    package init?(_ report: RunReport) {
        switch report.outcome {
        case .done, .unchanged, .partial: return nil
        case .stopped: self = .stopped
        case .stale: self = .stale
        case .empty: self = .empty
        case .failed:
            // What would be a stop before anything was sent came too late for that.
            let kind = report.error.map { FailureKind(code: $0.code) } ?? .failed
            self = kind == .stopped ? .failed : kind
        }
    }

    /// The kind of a failure that a report names by its code.
    package init(code: RunFailure.Code) {
        let name = code.rawValue
        self =
            if code.isAboutManifest || ArchiveError.Code(rawValue: name) != nil || name == StoreError.Code.ambiguousRun.rawValue {
                .invalid
            } else {
                EngineError.Code(rawValue: name)?.kind ?? SourceError.Code(rawValue: name)?.kind ?? HookError.Code(rawValue: name)?.kind
                    ?? PackageError.Code(rawValue: name)?.kind ?? .failed
            }
    }
}

extension AppError.Code {
    fileprivate var kind: FailureKind {
        switch self {
        case .stateChanged: .stopped
        case .noSuchAudience, .cannotWritePlan, .cannotWritePlot, .cannotWriteScaffold, .notShipped, .cannotCopyDemo: .failed
        default: .invalid
        }
    }
}

extension EngineError.Code {
    fileprivate var kind: FailureKind {
        switch self {
        case .unreadablePlan, .ambiguousSegment: .invalid
        case .interrupted: .interrupted
        default: EngineError(self, "").isStop ? .stopped : .failed
        }
    }
}

extension SourceError.Code {
    fileprivate var kind: FailureKind {
        switch self {
        case .unknownColumn, .duplicateColumn, .badDelimiter, .badModel, .badExpression, .badSQL, .unknownTable, .badConnection,
            .unknownSchema:
            .invalid
        default: .failed
        }
    }
}

extension HookError.Code {
    /// A script that cannot be loaded is a file that is wrong, unless the machine is to blame.
    fileprivate var kindWhileLoading: FailureKind {
        switch self {
        case .crashed, .noWorker, .unfiltered, .fault: .failed
        default: .invalid
        }
    }

    fileprivate var kind: FailureKind {
        switch self {
        case .syntax, .shape, .unknownHook, .twice, .setup: .invalid
        default: .failed
        }
    }
}

extension PackageError.Code {
    fileprivate var kind: FailureKind {
        switch self {
        case .cannotWrite, .download: .failed
        default: .invalid
        }
    }
}
