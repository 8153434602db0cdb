import ArgumentParser
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineSources
import HooklineStore
import MailchimpSimulator

extension App {
    /// Runs `body`; an error is told, in words or as JSON, and becomes an exit status.
    func reporting<Value>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch { throw try told(error) }
    }

    /// As the other, without waiting.
    func reporting<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch { throw try told(error) }
    }

    private func told(_ error: any Error) throws -> any Error {
        if error is ExitStatus || error is ExitCode { return error }
        let (failure, issues) = (RunFailure(error), (error as? IssuesFound)?.issues ?? [])
        if isJSON {
            try JSONOutput.print(FailureOutput(error: failure, issues: issues))
        } else if issues.isEmpty {
            let isStop = (error as? EngineError)?.isStop ?? false
            StandardError.print(Issue(failure.code.rawValue, isStop ? failure.stopText : failure.text, at: nil).shown)
        } else {
            for issue in issues { StandardError.print(issue.shown) }
        }
        return status(error)
    }

    private func status(_ error: any Error) -> ExitStatus {
        switch error {
        case let failure as CommandFailure: failure.status
        case is IssuesFound, is SimulatorError: .invalid
        case is CancellationError: .interrupted
        case let error as EngineError where error.isStop: .stopped
        case let coded as any CodedError where ExitStatus.isAboutFiles(RunFailure(coded).code): .invalid
        default: .failed
        }
    }
}

/// What `--json` prints when a command could not do its work.
struct FailureOutput: Encodable {
    let error: RunFailure
    let issues: [Issue]
}
