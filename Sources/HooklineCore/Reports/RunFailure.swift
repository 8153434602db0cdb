/// What stopped or failed a run.
package struct RunFailure: Codable, Equatable, Sendable {
    /// The stable name of a failure, such as `engine.stale_plan`; in JSON, its text.
    ///
    /// Each target lists its own codes in an enum, and `docs/reference/errors.md` has a heading for each; this type holds any of them.
    package struct Code: RawRepresentable, Hashable, Codable, Sendable {
        package let rawValue: String

        package init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// A target's own code.
        package init(_ code: some RawRepresentable<String>) {
            rawValue = code.rawValue
        }
    }

    package var code: Code
    /// What happened, and where; without a person's data.
    package var message: String
    /// What to do about it; nil when there is nothing to say.
    package var advice: String?

    package init(_ code: Code, _ message: String, advice: String? = nil) {
        self.code = code
        self.message = message
        self.advice = advice
    }

    /// What happened, then what to do about it.
    package var text: String { advice.map { "\(message). \($0)" } ?? message }

    /// The same, of a run that was stopped before it sent anything.
    package var stopText: String { "Stopped before sending: \(text)" }

    /// Writes `advice` as null rather than leaving it out: a reader of the JSON may count on the key.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(code, forKey: .code)
        try container.encode(message, forKey: .message)
        try container.encode(advice, forKey: .advice)
    }

    private enum CodingKeys: String, CodingKey {
        case code, message, advice
    }
}

extension RunFailure.Code: ExpressibleByStringLiteral, CustomStringConvertible {
    package init(stringLiteral value: String) { self.init(rawValue: value) }

    package var description: String { rawValue }

    /// Whether one of the safeguards stopped the run.
    package var isSafeguard: Bool { SafeguardCheck.Code(rawValue: rawValue) != nil }

    /// Whether a manifest is wrong; several targets find such mistakes.
    package var isAboutManifest: Bool { rawValue.hasPrefix("manifest.") }
}
