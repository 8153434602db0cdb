import HooklineCore

/// What reading a manifest came to: the value, and everything that was found wrong on the way.
package struct Loaded<Value: Sendable>: Sendable {
    /// What could be read, even when there are errors: good for looking on (`check`), never for running.
    package let partial: Value?
    /// Errors and warnings, in the order of the files.
    package let issues: [Issue]

    package init(_ partial: Value?, _ issues: [Issue]) {
        self.partial = partial
        self.issues = issues.tidied
    }

    /// The value; nil when there is an error.
    package var value: Value? { hasErrors ? nil : partial }

    /// Whether an issue forbids using the value.
    package var hasErrors: Bool { partial == nil || issues.contains { $0.severity == .error } }

    /// The value, or all errors at once.
    ///
    /// - Throws: `IssuesFound` with the errors, and the warnings beside them.
    package func get() throws(IssuesFound) -> Value {
        guard let value else { throw IssuesFound(issues) }
        return value
    }
}

extension [Issue] {
    /// By file, line and column, each once; issues without a place come first.
    package var tidied: [Issue] {
        var kept: [Issue] = []
        for issue in self where !kept.contains(issue) { kept.append(issue) }
        return kept.enumerated().sorted { left, right in
            guard let a = left.element.position else { return right.element.position != nil || left.offset < right.offset }
            guard let b = right.element.position else { return false }
            return (a.file, a.line, a.column, left.offset) < (b.file, b.line, b.column, right.offset)
        }.map(\.element)
    }
}
