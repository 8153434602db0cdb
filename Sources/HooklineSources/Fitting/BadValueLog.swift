import HooklineCore

/// The values of a source that do not fit, grouped by column.
package struct BadValueLog: Sendable {
    /// A column with values that do not fit.
    package struct Entry: Sendable {
        package let column: Column
        /// The column's name for messages: the source's name, and the field's name if that differs.
        package let name: String
        /// What the column allows, for messages.
        package let allowed: String
        package fileprivate(set) var shapes = ShapeCounts()
    }

    private var entries: [Int: Entry] = [:]

    /// One entry per column, in column order.
    package var columns: [Entry] { entries.sorted { $0.key < $1.key }.map(\.value) }

    mutating func note(_ index: Int, _ column: Column, name: String, row: Int, _ shape: () -> String) {
        entries[index, default: Entry(column: column, name: name, allowed: column.allowed)].shapes.note(shape(), row: row)
    }
}

/// Reads a source to the end despite values that do not fit, and reports them.
package struct UnfitValues {
    package let cursor: any RowCursor
    private let entries: () -> [BadValueLog.Entry]

    /// Opens the source. Values that do not fit become unreadable, whatever the model's policy.
    ///
    /// - Parameters:
    ///   - configuration: the source.
    ///   - model: the model.
    ///   - now: the time, in Unix seconds, from which windows of relations count.
    ///   - isCancelled: called now and then; true stops.
    /// - Throws: what `RowSource.open` throws; `sources.not_in_build`.
    package init(
        _ configuration: SourceConfiguration, model: Model, now: Int64, isCancelled: @escaping @Sendable () -> Bool
    ) throws {
        var model = model
        model.onBadValue = .null
        let cursor = try SourceFactory.source(configuration, model: model).open(at: now, isCancelled: isCancelled)
        self.cursor = cursor
        let keeper = ((cursor as? RelatedCursor)?.own ?? cursor) as? any KeepsBadValues
        keeper?.keepBadValues()
        entries = { keeper?.badValueLog.columns ?? [] }
    }

    /// The columns with values that did not fit so far.
    package var columns: [BadValueLog.Entry] { entries() }
}

/// A cursor that can report which values did not fit.
protocol KeepsBadValues: AnyObject {
    var badValueLog: BadValueLog { get }
    /// Starts keeping bad values, from the next row on.
    func keepBadValues()
}

extension BatchCursor: KeepsBadValues {
    var badValueLog: BadValueLog { reader.counter.badValues.log ?? BadValueLog() }
    func keepBadValues() { reader.counter.keepBadValues() }
}
