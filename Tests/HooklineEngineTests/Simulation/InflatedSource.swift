import HooklineCore

/// A source that says that it has read more rows than it has.
final class InflatedSource: RowSource {
    private let source: any RowSource
    init(_ source: any RowSource) { self.source = source }
    func open() throws -> any RowCursor { Cursor(try source.open()) }

    private final class Cursor: RowCursor {
        private let cursor: any RowCursor
        init(_ cursor: any RowCursor) { self.cursor = cursor }
        var columns: [Column] { cursor.columns }
        var rowsRead: Int { cursor.rowsRead + 1 }
        var rowsDropped: Int { cursor.rowsDropped }
        func read(into batch: inout RecordBatch, limit: Int) throws -> Bool { try cursor.read(into: &batch, limit: limit) }
    }
}
