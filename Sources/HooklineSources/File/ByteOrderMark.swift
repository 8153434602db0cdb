/// The byte order mark at the beginning of a file.
enum ByteOrderMark {
    /// Skips the mark of UTF-8.
    ///
    /// - Throws: `sources.bad_encoding` for the mark of UTF-16 or UTF-32.
    static func skip(in window: FileWindow) throws {
        while window.unread.count < 3, try window.more() {}
        let bytes = window.unread
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { window.take(3) }
        // Little-endian UTF-32 begins like UTF-16.
        guard bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) else { return }
        throw SourceError(.badEncoding, at: .init(window.path, line: 1), "the file is UTF-16; save it as UTF-8")
    }
}
