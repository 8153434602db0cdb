import CCSV
import Text

/// One field of each of many records.
struct CSVColumn {
    let bytes: UnsafeMutableBufferPointer<UInt8>
    let fields: UnsafeMutablePointer<hl_csv_field>
    /// How far one field is from the next.
    let width: Int
    let count: Int

    /// The text of a field; nil if it is not UTF-8.
    @inline(__always)
    subscript(row: Int) -> UnsafeBufferPointer<UInt8>? {
        let field = fields[row &* width]
        if field.has_escapes || field.has_high_bytes { return closerText(row) }
        return UnsafeBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[Int(field.start)..<Int(field.start) &+ Int(field.count)]))
    }

    @inline(never)
    private func closerText(_ row: Int) -> UnsafeBufferPointer<UInt8>? {
        let at = row * width
        if fields[at].has_escapes {
            let start = Int(fields[at].start)
            fields[at].count = UInt32(
                CSVEscapes.remove(from: bytes, start..<start + Int(fields[at].count)) { $0 == CSVMarks.quote && $1 == $0 })
            fields[at].has_escapes = false
        }
        let text = UnsafeBufferPointer(rebasing: bytes[Int(fields[at].start)..<Int(fields[at].start) + Int(fields[at].count)])
        return fields[at].has_high_bytes && !UTF8Check.isValid(text) ? nil : text
    }
}

/// Escapes in quoted fields.
enum CSVEscapes {
    /// Removes the escape bytes in place.
    ///
    /// - Parameters:
    ///   - bytes: the bytes around the field.
    ///   - range: the field's text.
    ///   - isEscaped: whether the first of two bytes escapes the second.
    /// - Returns: the new length of the text.
    static func remove(
        from bytes: UnsafeMutableBufferPointer<UInt8>, _ range: Range<Int>, _ isEscaped: (UInt8, UInt8) -> Bool
    ) -> Int {
        var (from, to) = (range.lowerBound, range.lowerBound)
        while from < range.upperBound {
            if from + 1 < range.upperBound, isEscaped(bytes[from], bytes[from + 1]) { from += 1 }
            bytes[to] = bytes[from]
            from += 1
            to += 1
        }
        return to - range.lowerBound
    }
}
