import HooklineCore

extension IssuesFound {
    /// One issue, at a model's place in its file.
    init(_ code: SourceError.Code, _ message: String, _ model: Model) {
        self.init([Issue(code.rawValue, message, at: model.position)])
    }
}
