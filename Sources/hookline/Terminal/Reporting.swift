import ArgumentParser
import HooklineApp
import HooklineCore
import HooklineEngine

extension GlobalOptions {
    /// Runs `body`. An error is printed, in words or as JSON, and becomes an exit status.
    /// With `sends`, a refusal says that nothing was sent.
    func reporting<Value>(sends: Bool = true, _ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch { throw try printed(error, sends: sends) }
    }

    /// As the other, without waiting.
    func reporting<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch { throw try printed(error) }
    }

    private func printed(_ error: any Error, sends: Bool = true) throws -> any Error {
        if error is ExitStatus || error is ExitCode { return error }
        let (failure, issues) = (RunFailure(error), (error as? IssuesFound)?.issues ?? [])
        if json {
            try JSONOutput.print(FailureOutput(error: failure, issues: issues))
        } else if issues.isEmpty {
            let isStop = sends && (error as? EngineError)?.isStop == true
            StandardError.print(Issue(failure.code.rawValue, isStop ? failure.stopText : failure.text, at: nil).shown)
        } else {
            for issue in issues { StandardError.print(issue.shown) }
        }
        return ExitStatus(FailureKind(error))
    }
}

/// What `--json` prints when a command cannot do its work.
struct FailureOutput: Encodable {
    let error: RunFailure
    let issues: [Issue]
}
