import HooklineCore

/// The readers of a row's cells, in the order of the batch's columns.
///
/// Manually allocated, because every change to an array in a class is checked for exclusive access.
final class CellReaders {
    let readers: UnsafeMutableBufferPointer<CellReader>

    /// - Throws: what `CellReader.init` throws.
    init(_ columns: [Column], _ cells: CellFormat, position: SourcePosition?, allowsLeadingZeros: Bool) throws {
        let made = try columns.map { column in
            var reader = try CellReader(column, cells, position: position)
            reader.allowsLeadingZeros = allowsLeadingZeros
            return reader
        }
        readers = .allocate(capacity: made.count)
        _ = readers.initialize(fromContentsOf: made)
    }

    deinit {
        readers.deinitialize()
        readers.deallocate()
    }

    /// Begins to count words for NULL anew; returns how many each column had before, or an empty list if none had any.
    func takeNullWords() -> [Int] {
        guard readers.contains(where: { $0.nullWords > 0 }) else { return [] }
        defer { for index in readers.indices { readers[index].nullWords = 0 } }
        return readers.map(\.nullWords)
    }

    /// The text columns that hold words for NULL, with how many.
    var nullWords: [ColumnCount] {
        readers.filter { $0.nullWords > 0 }.map { ColumnCount($0.column.name, $0.nullWords) }
    }
}
