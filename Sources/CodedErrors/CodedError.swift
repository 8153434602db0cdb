/// An error with a code that scripts and documentation can rely on.
package protocol CodedError: Error, CustomStringConvertible {
    /// The codes of this kind of error; each has a heading in `docs/reference/errors.md`.
    associatedtype Code: RawRepresentable<String>

    var code: Code { get }
    /// What happened and where; free of people's data and of secrets.
    var explanation: String { get }
    /// What to do about it; nil where `explanation` says it, or there is nothing to say.
    var advice: String? { get }
}

extension CodedError {
    package var advice: String? { nil }

    /// The code's text, such as `sources.bad_value`.
    package var codeName: String { code.rawValue }

    /// `explanation. advice [code]`.
    package var description: String { "\(explanation)\(advice.map { ". \($0)" } ?? "") [\(codeName)]" }
}
