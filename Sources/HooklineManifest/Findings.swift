import HooklineCore

/// Collects the issues of one reading, so that all of them are told at once.
final class Findings {
    /// Beyond so many errors, one more tells nobody anything; the same holds for warnings.
    private static let limit = 200

    private(set) var issues: [Issue] = []
    private var errors = 0

    /// Whether no more errors are taken, so that looking further is for nothing.
    var isFull: Bool { errors >= Self.limit }

    func report(_ code: ManifestIssueCode, _ message: String, at position: SourcePosition?, severity: Issue.Severity = .error) {
        add([Issue(code, message, at: position, severity: severity)])
    }

    /// Takes issues as long as there is room for their kind: warnings never crowd out an error.
    func add(_ more: [Issue]) {
        for issue in more {
            let isError = issue.severity == .error
            guard (isError ? errors : issues.count - errors) < Self.limit else { continue }
            issues.append(issue)
            if isError { errors += 1 }
        }
    }
}
