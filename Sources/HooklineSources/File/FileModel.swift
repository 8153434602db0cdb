import HooklineCore

/// Checks the model of a file source. The file is the table.
enum FileModel {
    /// - Throws: `IssuesFound` if the model has a query.
    static func check(_ model: Model, of source: SourceConfiguration) throws {
        guard model.sql != nil else { return }
        let issue = Issue(
            SourceError.Code.badModel.rawValue,
            "the model has `sql`, but the source '\(source.name)' is a \(source.kind.rawValue) file; "
                + "use `where` and `calculated` instead of `sql`", at: model.position)
        throw IssuesFound([issue])
    }
}
