import HooklineCore

/// Collects the issues of one reading, so that all of them are reported together.
final class Findings {
    /// The most errors that are kept; as many warnings are kept beside them.
    private static let limit = 200

    private(set) var issues: [Issue] = []
    /// Warnings about keys without an effect; see ``Loaded/inertKeys``.
    private(set) var inertKeys: [Issue] = []
    private(set) var errors = 0

    /// Whether no more errors are kept, so that looking further is pointless.
    var isFull: Bool { errors >= Self.limit }

    func report(_ code: ManifestIssueCode, _ message: String, at position: SourcePosition?, severity: Issue.Severity = .error) {
        add([Issue(code, message, at: position, severity: severity)])
    }

    /// Reports a key that is read but has no effect.
    func reportInert(_ key: String, because reason: String, at position: SourcePosition) {
        guard inertKeys.count < Self.limit else { return }
        inertKeys.append(Issue(.noEffect, "'\(key)' has no effect: \(reason)", at: position, severity: .warning))
    }

    /// Adds issues as long as there is room for their severity: warnings never crowd out an error.
    func add(_ more: [Issue]) {
        for issue in more {
            let isError = issue.severity == .error
            guard (isError ? errors : issues.count - errors) < Self.limit else { continue }
            issues.append(issue)
            if isError { errors += 1 }
        }
    }
}
