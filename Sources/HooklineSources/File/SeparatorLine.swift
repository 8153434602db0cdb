/// The line that Excel reads and writes before the header: `sep=;`.
enum SeparatorLine {
    /// Skips the line if the file has one.
    ///
    /// - Returns: nil if there is no such line; otherwise the delimiter that it names, or an inner nil if it names none.
    static func take(from window: FileWindow) throws -> UInt8?? {
        while window.unread.count < longest, try window.more() {}
        let bytes = window.unread
        var at = 0
        func skip(_ byte: UInt8, or other: UInt8? = nil) -> Bool {
            guard at < bytes.count, bytes[at] == byte || bytes[at] == other else { return false }
            at += 1
            return true
        }
        let isQuoted = skip(CSVMarks.quote)
        guard skip(UInt8(ascii: "s"), or: UInt8(ascii: "S")), skip(UInt8(ascii: "e"), or: UInt8(ascii: "E")),
            skip(UInt8(ascii: "p"), or: UInt8(ascii: "P")), skip(UInt8(ascii: "="))
        else { return nil }
        var delimiter: UInt8?
        if at < bytes.count, ![CSVMarks.lineFeed, CSVMarks.carriageReturn, CSVMarks.quote].contains(bytes[at]) {
            delimiter = bytes[at]
            at += 1
            // People write the tab as `\t`.
            if delimiter == UInt8(ascii: "\\"), skip(UInt8(ascii: "t")) { delimiter = UInt8(ascii: "\t") }
        }
        if isQuoted, !skip(CSVMarks.quote) { return nil }
        let hasReturn = skip(CSVMarks.carriageReturn)
        guard skip(CSVMarks.lineFeed) || hasReturn || at == bytes.count else { return nil }
        window.take(at)
        return .some(delimiter)
    }

    /// The length of `"sep=\t"` with CRLF.
    private static let longest = 10
}
