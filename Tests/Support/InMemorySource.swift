import HooklineCore
import Synchronization

/// A source with the rows of a test, which can fail half-way.
package struct InMemorySource: RowSource {
    package struct Broken: Error {
        package init() {}
    }

    package var columns: [Column]
    package var rows: [[Cell]]
    /// The index of the row at which reading fails with `Broken`; nil for a source without failure.
    package var breaksBefore: Int?
    /// The most rows of a batch, whatever is asked for.
    package var rowsPerBatch = Int.max

    package init(_ columns: [Column], rows: [[Cell]], breaksBefore: Int? = nil) {
        self.columns = columns
        self.rows = rows
        self.breaksBefore = breaksBefore
    }

    package func open() throws -> any RowCursor { InMemoryCursor(self) }
}

private final class InMemoryCursor: RowCursor {
    let columns: [Column]
    let rowsDropped = 0
    private let source: InMemorySource
    private let position = Mutex(0)

    init(_ source: InMemorySource) {
        self.source = source
        columns = source.columns
    }

    var rowsRead: Int { position.withLock { $0 } }

    func read(into batch: inout RecordBatch, limit: Int) throws -> Bool {
        batch.removeAll()
        let (start, end) = try position.withLock { position in
            let start = position
            let end = min(start + min(limit, source.rowsPerBatch), source.rows.count)
            if let broken = source.breaksBefore, end >= broken { throw InMemorySource.Broken() }
            position = end
            return (start, end)
        }
        batch.append(Array(source.rows[start..<end]), first: start + 1)
        return end > start
    }
}
