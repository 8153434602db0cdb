import HooklineCore

/// A file with a JSON object on each line.
///
/// The columns are those in `columns`, in that order, whose names are dotted paths into nested objects (`address.country`); then other keys
/// of the first object, as text for a string or null, number for a number, boolean, and json for an object or array. A primary key that is
/// a whole number there is an integer. A key that is neither declared nor in the first object is ignored. A missing key is NULL, and so is
/// null; of duplicate keys the last counts. Numbers and booleans fit text columns as written; strings fit other types like the text of a CSV
/// file. Blank lines are skipped.
package struct JSONLSource: RowSource {
    private let configuration: SourceConfiguration
    private let model: Model
    private let limits: FileWindow.Limits

    package init(_ configuration: SourceConfiguration, model: Model) {
        self.init(configuration, model: model, limits: FileWindow.Limits())
    }

    init(_ configuration: SourceConfiguration, model: Model, limits: FileWindow.Limits) {
        self.configuration = configuration
        self.model = model
        self.limits = limits
    }

    /// Opens the file and reads its first object: one block, unless that object is longer.
    ///
    /// An empty file has no rows, and the columns of the model.
    ///
    /// - Throws: `SourceError` for the file and its first object; `IssuesFound` if the model does not fit them.
    package func open() throws -> any RowCursor {
        BatchCursor(try reader())
    }

    func reader() throws -> JSONLReader {
        try FileModel.check(model, of: configuration)
        let lines = try JSONLLines(path: configuration.path, limits: limits)
        let found = try JSONLColumns.found(by: lines, model: model)
        let agreement = try ColumnAgreement(model, source: configuration, found: found)
        let paths = model.fields?.map(\.column) ?? agreement.own.map(\.name)
        return try JSONLReader(lines, paths: paths, agreement: agreement, model: model) { [model, configuration] wasThere in
            FieldChoice.issues(ofKeys: wasThere, model, configuration)
        }
    }
}
