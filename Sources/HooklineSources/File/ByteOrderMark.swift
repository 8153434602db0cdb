/// The bytes that some programs write before the text of a file.
enum ByteOrderMark {
    /// Steps over the mark of UTF-8 at the front of the file.
    ///
    /// - Throws: `sources.bad_encoding` when the mark is that of UTF-16 or UTF-32.
    static func skip(in window: FileWindow) throws {
        while window.unread.count < 3, try window.more() {}
        let bytes = window.unread
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { window.take(3) }
        // UTF-32 in little-endian order begins like UTF-16.
        guard bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) else { return }
        throw SourceError(.badEncoding, at: .init(window.path, line: 1), "the file is UTF-16; save it as UTF-8")
    }
}
