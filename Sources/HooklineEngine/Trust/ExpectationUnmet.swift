import CodedErrors
import HooklineCore

/// The source is not ready, which was found out before its rows were read.
package struct ExpectationUnmet: CodedError {
    package let code: SourceExpectation.Code
    package let explanation: String
    package let advice: String?

    /// - Parameter reason: with a code of an expectation.
    init(_ reason: RunFailure) {
        code = SourceExpectation.Code(rawValue: reason.code.rawValue) ?? .afterMarker
        explanation = reason.message
        advice = reason.advice
    }

    package init(_ code: SourceExpectation.Code, _ explanation: String) {
        self.code = code
        self.explanation = explanation
        advice = nil
    }
}
