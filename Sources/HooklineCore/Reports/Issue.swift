/// A mistake in a file, described so that its author can fix it.
///
/// Issues are collected and reported together; an error ends a step.
package struct Issue: Codable, Equatable, Sendable {
    package enum Severity: String, Codable, Sendable {
        /// Nothing runs until it is fixed.
        case error
        /// It runs, but somebody should take a look.
        case warning
    }

    /// A stable name for the type of mistake, such as `manifest.unknown_key`, with a heading in `docs/reference/errors.md`.
    package let code: String
    package let severity: Severity
    /// What was found, what is allowed and, if there is one, the nearest name.
    package let message: String
    package let position: SourcePosition?

    package init(_ code: String, _ message: String, at position: SourcePosition?, severity: Severity = .error) {
        self.code = code
        self.severity = severity
        self.message = message
        self.position = position
    }

    /// `file:line:column: message [code]`.
    package var line: String { "\(text) [\(code)]" }

    /// `file:line:column: message`.
    package var text: String {
        let location = position.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
        return location + (severity == .warning ? "warning: " : "") + message
    }
}

/// All mistakes that were found.
package struct IssuesFound: Error, Sendable {
    package let issues: [Issue]

    package init(_ issues: [Issue]) {
        self.issues = issues
    }
}
