import HooklineCore

/// The values of a source that do not fit their columns, by column.
package struct BadValueLog: Sendable {
    /// One column with such values.
    package struct Entry: Sendable {
        package let column: Column
        /// The column's name, for a message: as the source has it, and as the activation does if that differs.
        package let name: String
        /// What its values may look like, for a message.
        package let allowed: String
        package fileprivate(set) var shapes = ShapeCounts()
    }

    private var entries: [Int: Entry] = [:]

    /// In the order of the columns.
    package var columns: [Entry] { entries.sorted { $0.key < $1.key }.map(\.value) }

    mutating func note(_ index: Int, _ column: Column, name: String, row: Int, _ shape: () -> String) {
        entries[index, default: Entry(column: column, name: name, allowed: column.allowed)].shapes.note(shape(), row: row)
    }
}

/// Reads a source to the end, whatever its values are.
package struct UnfitValues {
    package let cursor: any RowCursor
    private let entries: () -> [BadValueLog.Entry]

    /// Opens the source. Every value that does not fit is unreadable, whatever the model says of bad values.
    ///
    /// - Throws: as `RowSource.open` does; `sources.not_in_build`.
    package init(
        _ configuration: SourceConfiguration, model: Model, isCancelled: @escaping @Sendable () -> Bool
    ) throws {
        var model = model
        model.onBadValue = .null
        let cursor = try SourceFactory.source(configuration, model: model).open(isCancelled: isCancelled)
        self.cursor = cursor
        let keeper = cursor as? any KeepsBadValues
        keeper?.keepBadValues()
        entries = { keeper?.badValueLog.columns ?? [] }
    }

    /// What did not fit so far.
    package var columns: [BadValueLog.Entry] { entries() }
}

/// A cursor that can say which values did not fit.
protocol KeepsBadValues: AnyObject {
    var badValueLog: BadValueLog { get }
    /// From the next row on.
    func keepBadValues()
}

extension BatchCursor: KeepsBadValues {
    var badValueLog: BadValueLog { reader.counter.badValues.log ?? BadValueLog() }
    func keepBadValues() { reader.counter.keepBadValues() }
}
