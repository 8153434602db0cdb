import Archive
import HooklineApp
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineManifest
import HooklinePackages
import HooklineSources
import HooklineStore
import Testing

@Suite("What a failure means")
struct FailureKindTests {
    private func report(_ outcome: RunOutcome, _ code: RunFailure.Code?) -> RunReport {
        RunReport(
            run: "r", activation: "vip", kind: .run, outcome: outcome, error: code.map { RunFailure($0, "") }, startedAt: 0)
    }

    @Test("every code of a manifest, an archive or a package's content is about files")
    func files() {
        for code in ManifestIssueCode.allCases { #expect(FailureKind(report(.failed, .init(code))) == .invalid, "\(code)") }
        for code in ArchiveError.Code.allCases { #expect(FailureKind(ArchiveError(code, "")) == .invalid, "\(code)") }
        for code in PackageError.Code.allCases {
            let isAboutTheMachine = [.cannotWrite, .download].contains(code)
            #expect(FailureKind(PackageError(code, "")) == (isAboutTheMachine ? .failed : .invalid), "\(code)")
        }
        #expect(FailureKind(IssuesFound([])) == .invalid)
    }

    @Test("an error means the same, thrown or in a report")
    func agreement() {
        for code in SourceError.Code.allCases {
            #expect(FailureKind(SourceError(code, at: .init("shop"), "")) == FailureKind(report(.failed, .init(code))), "\(code)")
        }
        for code in HookError.Code.allCases {
            #expect(FailureKind(HookError(code, "")) == FailureKind(report(.failed, .init(code))), "\(code)")
        }
        for code in StoreError.Code.allCases {
            // What a person typed, not what the ledger could not do.
            let expected: FailureKind = code == .ambiguousRun ? .invalid : .failed
            #expect(FailureKind(StoreError(code, at: "ledger.db", "")) == expected)
            #expect(FailureKind(report(.failed, .init(code))) == expected)
        }
    }

    @Test("of the engine is a stop before anything is sent, an interruption, or a failure")
    func engine() {
        for code in EngineError.Code.allCases {
            let error = EngineError(code, "")
            let expected: FailureKind =
                switch code {
                case .segmentExists, .nameHeld, .tooManyLabels, .sameSegmentName, .badSegmentName: .stopped
                case .interrupted: .interrupted
                case .unreadablePlan, .ambiguousSegment: .invalid
                default: .failed
                }
            #expect(FailureKind(error) == expected, "\(code)")
        }
        #expect(FailureKind(CancellationError()) == .interrupted)
    }

    @Test("of a run follows from its outcome")
    func outcomes() {
        #expect(FailureKind(report(.done, nil)) == nil && FailureKind(report(.partial, nil)) == nil)
        #expect(FailureKind(report(.stopped, "safeguards.removals")) == .stopped)
        #expect(FailureKind(report(.failed, "sources.not_found")) == .failed, "the file of a source, not of a request")
        #expect(FailureKind(AppError(.sampleNotFound, "")) == .invalid)
        #expect(FailureKind(report(.failed, "something.else")) == .failed)
    }
}
