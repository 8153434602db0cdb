import HooklineCore
import JSON

/// Reads cells as every candidate type, with the readers of a run.
final class CandidateReaders {
    private var text: CellReader
    private var textBuffer = ColumnBuffer(Column("", .text, origin: .unknown))
    private var readers: [CellReader]
    private var buffers: [ColumnBuffer]
    private let memory = CellMemory()

    /// - Throws: `IssuesFound` for an unknown time zone.
    init(_ cells: CellFormat, allowsLeadingZeros: Bool) throws {
        let columns = TypeCandidate.all.map { Column("", $0.type, format: $0.format) }
        text = try CellReader(Column("", .text, origin: .unknown), cells)
        readers = try columns.map { column in
            var reader = try CellReader(column, cells)
            reader.allowsLeadingZeros = allowsLeadingZeros
            return reader
        }
        buffers = columns.map { ColumnBuffer($0) }
    }

    /// Calls `body` with the cell's text, or with nil if the cell is NULL.
    ///
    /// - Returns: what `body` returns; nil for a cell that cannot be text, such as a BLOB.
    func withText<Result>(of cell: RawCell, _ body: (UnsafeBufferPointer<UInt8>?) -> Result) -> Result? {
        textBuffer.removeAll()
        guard text.append(cell, to: &textBuffer, memory) else { return nil }
        return textBuffer.isNull(0) ? body(nil) : textBuffer.bytes.withUnsafeBufferPointer { body($0) }
    }

    /// Reads a cell as the candidate with an index.
    ///
    /// - Returns: whether the cell fits, and its value if it has an order.
    func read(_ cell: RawCell, as candidate: Int) -> (fits: Bool, value: Extent?) {
        buffers[candidate].removeAll()
        guard readers[candidate].append(cell, to: &buffers[candidate], memory) else { return (false, nil) }
        return (true, Extent(last: buffers[candidate]))
    }
}

/// The least or the greatest value of a column.
package enum Extent: Equatable, Sendable {
    case integer(Int64)
    case number(Double)
    /// Unix seconds.
    case moment(Int64)
    /// `YYYY-MM-DD`.
    case day(String)

    /// The last value of a buffer; nil for NULL, and for types without a useful order.
    init?(last buffer: ColumnBuffer) {
        guard buffer.count > 0, !buffer.isNull(buffer.count - 1) else { return nil }
        switch buffer.column.type {
        case .integer: self = .integer(buffer.integers[buffer.count - 1])
        case .timestamp: self = .moment(buffer.integers[buffer.count - 1])
        case .number: self = .number(buffer.numbers[buffer.count - 1])
        case .date: self = .day(buffer.text(buffer.count - 1) ?? "")
        case .text, .decimal, .boolean, .json, .list: return nil
        }
    }

    /// Whether it is less than another value of the same type.
    func isLess(than other: Extent) -> Bool {
        switch (self, other) {
        case (.integer(let one), .integer(let other)), (.moment(let one), .moment(let other)): one < other
        case (.number(let one), .number(let other)): one < other
        case (.day(let one), .day(let other)): one < other
        default: false
        }
    }
}
