/// The byte order mark at the beginning of a file.
enum ByteOrderMark {
    /// Skips a UTF-8 mark.
    static func skip(in window: FileWindow) throws {
        while window.unread.count < 3, try window.more() {}
        if window.unread.starts(with: [0xEF, 0xBB, 0xBF]) { window.take(3) }
    }
}
