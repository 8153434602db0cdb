import HooklineCore
import Mailchimp
import Text

/// An error of any room that knows its own code.
///
/// The rooms' errors conform where they are wired together, so that Engine needs to import none of them.
package protocol CodedError: Error {
    /// A stable name such as `sources.bad_value`.
    var codeName: String { get }
    /// What happened and where.
    var explanation: String { get }
    /// What to do about it; nil where `explanation` says it, or there is nothing to say.
    var advice: String? { get }
}

extension CodedError {
    package var advice: String? { nil }
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
