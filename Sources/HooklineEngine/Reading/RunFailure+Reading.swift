import HooklineCore
import Mailchimp
import Text

/// An error of any room that knows its own code.
///
/// The rooms' errors conform where they are wired together, so that Engine needs to import none of them.
package protocol CodedError: Error {
    /// A stable name such as `sources.bad_value`.
    var codeName: String { get }
    /// What happened, where, and what to do.
    var explanation: String { get }
}

extension EngineError: CodedError {
    package var codeName: String { code.rawValue }
    package var explanation: String { message }
}

extension MailchimpError: CodedError {
    package var codeName: String { code.rawValue }
}

extension RunFailure {
    /// What a report says of an error.
    package init(_ error: any Error) {
        switch error {
        case let coded as any CodedError: self.init(coded.codeName, coded.explanation)
        case let found as IssuesFound:
            self.init(
                found.issues.first?.code ?? "manifest.invalid",
                found.issues.map(\.text.onOneLine).joined(separator: "\n"))
        case is CancellationError:
            self.init(
                EngineError.Code.interrupted.rawValue,
                "interrupted; what was sent until then is in the ledger, and the next run goes on from there")
        default: self.init("internal", String(describing: error))
        }
    }
}
