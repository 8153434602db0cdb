import HooklineCore

/// Skips lines before the header, or before the first object.
enum LeadingLines {
    /// Skips `count` lines that end with LF, CRLF, or CR.
    ///
    /// - Throws: `sources.empty_file` if the file has no more lines than that; `sources.record_too_large`.
    static func skip(_ count: Int, in window: FileWindow) throws {
        for number in 0..<count {
            let length = try lineLength(in: window, number: number + 1)
            window.take(length)
            if try window.unread.isEmpty && !window.more() {
                throw SourceError(
                    .emptyFile, at: .init(window.path),
                    "nothing follows the first \(number + (length > 0 ? 1 : 0)) lines, but `skip_lines` of the source is \(count)"
                )
            }
        }
    }

    private static func lineLength(in window: FileWindow, number: Int) throws -> Int {
        var at = 0
        while true {
            let bytes = window.unread
            while at < bytes.count {
                let byte = bytes[at]
                if byte == CSVMarks.lineFeed { return at + 1 }
                if byte == CSVMarks.carriageReturn {
                    if at + 1 == bytes.count { break }
                    return bytes[at + 1] == CSVMarks.lineFeed ? at + 2 : at + 1
                }
                at += 1
            }
            guard bytes.count <= window.limits.record else {
                throw SourceError(
                    .recordTooLarge, at: .init(window.path, line: number),
                    "a line of more than \(window.limits.record) bytes, the limit, begins here")
            }
            if try !window.more() { return window.unread.count }
        }
    }
}
