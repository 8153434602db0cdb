extension CSVScanner {
    /// Moves to the next record that is a row. In a file with several columns, an empty line is not a row.
    ///
    /// - Returns: false at the end of the file.
    func nextRow(width: Int) throws -> Bool {
        search(width: width)
        while try next() {
            let count = fields.count
            if count == width { return true }
            if count == 1, fields[0].isNothing { continue }
            throw SourceError(
                .raggedRow, at: .init(path, line: line),
                "the record has \(count) fields, but the header has \(width); quote fields that contain a delimiter or a line break")
        }
        return false
    }

    /// The next rows of which a search knows the fields.
    ///
    /// - Parameters:
    ///   - width: how many fields a row has.
    ///   - limit: the most rows.
    ///   - bytes: no further row once the rows before have that many bytes.
    /// - Returns: the indexes of the rows among those found; nil if the next row needs `nextRow`, or there is none.
    func rowsAhead(width: Int, limit: Int, bytes: Int) -> Range<Int>? {
        search(width: width)
        let ahead = foundRead..<min(found.count, foundRead + limit)
        return ahead.isEmpty ? nil : ahead.lowerBound..<found.record(in: ahead, passing: bytes) + 1
    }
}
