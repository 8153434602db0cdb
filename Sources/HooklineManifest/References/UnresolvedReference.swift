import HooklineCore

/// Why a reference can't be resolved.
struct UnresolvedReference: Error {
    let issue: Issue

    init(_ code: ManifestIssueCode, _ message: String, _ position: SourcePosition?) {
        issue = Issue(code, message, at: position)
    }
}
