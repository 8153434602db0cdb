import HooklineEngine

/// A failure of the command itself.
struct CommandFailure: Error, CodedError {
    let codeName: String
    let explanation: String
    let status: ExitStatus

    init(_ code: String, _ explanation: String, status: ExitStatus = .invalid) {
        codeName = code
        self.explanation = explanation
        self.status = status
    }
}
