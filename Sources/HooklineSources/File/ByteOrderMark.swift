/// The byte order mark at the beginning of a file.
enum ByteOrderMark {
    /// Steps over the mark of UTF-8 at the front of the file.
    static func skip(in window: FileWindow) throws {
        while window.unread.count < 3, try window.more() {}
        if window.unread.starts(with: [0xEF, 0xBB, 0xBF]) { window.take(3) }
    }
}
