import HooklineCore

/// Proves that a source can read: the part of `check --connect` that is the same for all servers.
enum ReadingProof {
    /// Reads the first row of each model, without its relations, whose rows other models read.
    ///
    /// - Parameters:
    ///   - models: what is read from the source.
    ///   - open: opens a model.
    /// - Returns: what is wrong, each thing once.
    /// - Throws: `CancellationError`.
    static func issues(_ models: [Model], _ open: (Model) throws -> any RowCursor) throws -> [Issue] {
        var issues: [Issue] = []
        for model in models {
            let more = try found {
                let cursor = try open(model.withoutRelations)
                var batch = RecordBatch(columns: cursor.columns)
                // A bad value is a matter of --data.
                do { _ = try cursor.read(into: &batch, limit: 1) } catch let error as SourceError where error.code == .badValue {}
                return []
            }
            issues += more.filter { !issues.contains($0) }
        }
        return issues
    }

    /// What `body` finds, the errors of a source included.
    ///
    /// - Throws: `CancellationError`.
    static func found(_ body: () throws -> [Issue]) throws -> [Issue] {
        do { return try body() } catch let error as SourceError {
            return [Issue(error.code.rawValue, error.explanation, at: nil)]
        } catch let found as IssuesFound {
            return found.issues
        }
    }

    /// The code of a user who may write, or of whom that is not known.
    static let mayWrite = "source.may_write"
}
