import CodedErrors
import HooklineCore
import Text

extension RunFailure {
    /// What a report says of an error.
    package init(_ error: any Error) {
        switch error {
        case let coded as any CodedError: self.init(Code(rawValue: coded.codeName), coded.explanation, advice: coded.advice)
        case let found as IssuesFound:
            self.init(
                Code(rawValue: found.issues.first?.code ?? "manifest.invalid"),
                found.issues.map(\.text.onOneLine).joined(separator: "\n"))
        case is CancellationError: self.init(EngineError.interrupted)
        default: self.init("internal", String(describing: error))
        }
    }
}
