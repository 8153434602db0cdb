import HooklineCore

/// The result of reading a manifest: the value, and everything that is wrong with the file.
package struct Loaded<Value: Sendable>: Sendable {
    /// The value as far as it could be read, even when there are errors: good for looking further (`check`), never for running.
    package let partial: Value?
    /// Errors and warnings, in the order of the files.
    package let issues: [Issue]
    /// Warnings about keys that this build reads but does not act on. They are not among the issues: `check` reports them, runs don't.
    package let inertKeys: [Issue]

    package init(_ partial: Value?, _ issues: [Issue], inertKeys: [Issue] = []) {
        self.partial = partial
        self.issues = issues.tidied
        self.inertKeys = inertKeys.tidied
    }

    init(_ partial: Value?, _ findings: Findings) {
        self.init(partial, findings.issues, inertKeys: findings.inertKeys)
    }

    /// The value; nil when there is an error.
    package var value: Value? { hasErrors ? nil : partial }

    /// Whether an issue forbids using the value.
    package var hasErrors: Bool { partial == nil || issues.contains { $0.severity == .error } }

    /// The value, or all errors at once.
    ///
    /// - Throws: `IssuesFound` with the errors and warnings.
    package func get() throws(IssuesFound) -> Value {
        guard let value else { throw IssuesFound(issues) }
        return value
    }
}

extension [Issue] {
    /// The issues by file, line and column, each once; issues without a position come first.
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
