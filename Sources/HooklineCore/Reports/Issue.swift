/// A place in a file that a person wrote.
package struct SourcePosition: Codable, Equatable, Hashable, Sendable {
    /// The file, relative to the workspace where it lies in it.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// The column, from 1.
    package let column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}

/// One mistake in a file, told so that its author can mend it.
///
/// Issues are collected and reported together; an error stops a step.
package struct Issue: Codable, Equatable, Sendable {
    /// How bad it is.
    package enum Severity: String, Codable, Sendable {
        /// Nothing runs until it is mended.
        case error
        /// It runs, and somebody should look.
        case warning
    }

    /// A stable name for the kind of mistake, such as `manifest.unknown_key`; each has a heading in `docs/reference/errors.md`.
    package let code: String
    package let severity: Severity
    /// What was found, what is allowed and, where one fits, the nearest name.
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

/// All the mistakes that were found at once.
package struct IssuesFound: Error, Sendable {
    package let issues: [Issue]

    package init(_ issues: [Issue]) {
        self.issues = issues
    }
}
