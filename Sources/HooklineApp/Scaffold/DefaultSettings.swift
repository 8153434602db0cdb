import HooklineManifest

/// The default activation settings of a new workspace's destination, as a person writes them.
package struct DefaultSettings: Encodable, Equatable, Sendable {
    /// The field with the email address.
    package var email: String
    /// A boolean field that is true for users who agreed to get mail; nil asks for no consent.
    package var consent: String?
    /// How often activations run, such as `1d`; nil for runs by hand.
    package var every: String?
    /// The zone of days and dates, such as `Europe/Paris`.
    package var timezone: String?
    /// The most users that may leave in one run, as a number or a share.
    package var maxRemoved: String

    package init(
        email: String = "email", consent: String? = nil, every: String? = nil, timezone: String? = nil, maxRemoved: String = "20%"
    ) {
        self.email = email
        self.consent = consent
        self.every = every
        self.timezone = timezone
        self.maxRemoved = maxRemoved
    }

    private enum CodingKeys: String, CodingKey {
        case email, consent, every, timezone
        case maxRemoved = "max_removed"
    }

    /// The lines of `defaults:`, without their indentation.
    var lines: [String] {
        [
            "email: \(ColumnSpelling.key(email))",
            consent.map { "consent: { field: \(ColumnSpelling.key($0)), op: \"=\", value: true }" },
            every.map { "every: \(Self.plain($0))" },
            timezone.map { "timezone: \(Self.plain($0))" },
            "safeguards: { max_removed: \(Self.plain(maxRemoved)) }",
        ].compactMap { $0 }
    }

    /// A value as YAML text, quoted if it could mean something else.
    private static func plain(_ text: String) -> String {
        let isPlain = text.first.map { $0.isLetter || $0.isNumber } ?? false
        return isPlain && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "%/_+-".contains($0)) }
            ? text : YAMLText.quoted(text)
    }
}
