import HooklineCore

/// What the model of a file may say: a file is the table itself.
enum FileModel {
    /// - Throws: `IssuesFound` when the model has a query.
    static func check(_ model: Model, of source: SourceConfiguration) throws {
        guard model.sql != nil else { return }
        let issue = Issue(
            SourceError.Code.badModel.rawValue,
            "the model has `sql`, but the source '\(source.name)' is a \(source.kind.rawValue) file, which is the table itself; "
                + "leave `sql` out, and use `where` and `calculated`", at: model.position)
        throw IssuesFound([issue])
    }
}
