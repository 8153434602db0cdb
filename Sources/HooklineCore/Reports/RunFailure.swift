/// Why a run stopped or failed.
package struct RunFailure: Codable, Equatable, Sendable {
    /// The stable name of a failure, such as `engine.stale_plan`.
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
    /// What happened and where, without a person's data.
    package var message: String
    /// What to do about it; nil if there is nothing to say.
    package var advice: String?

    package init(_ code: Code, _ message: String, advice: String? = nil) {
        self.code = code
        self.message = message
        self.advice = advice
    }

    /// What happened, then what to do about it.
    package var text: String { advice.map { "\(message). \($0)" } ?? message }

    /// The `text` for a run that stopped before it sent anything.
    package var stopText: String { "Stopped before sending: \(text)" }

    /// Encodes missing `advice` as null, so that readers of the JSON can rely on the key.
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

    /// Whether one of the safeguards, or an expectation of the source, stopped the run.
    package var isSafeguard: Bool { SafeguardCheck.Code(rawValue: rawValue) != nil || SourceExpectation.Code(rawValue: rawValue) != nil }

    /// Whether a manifest is wrong; several targets find such mistakes.
    package var isAboutManifest: Bool { rawValue.hasPrefix("manifest.") }
}
