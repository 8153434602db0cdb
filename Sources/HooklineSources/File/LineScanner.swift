#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Splits the bytes of a file into lines.
final class LineScanner {
    /// The number of the line that `next()` read, from 1.
    private(set) var line = 0
    /// The length of that line in the file, including its line break, in bytes.
    private(set) var length = 0

    /// The path of the file, for messages.
    var path: String { window.path }
    /// The size of the buffer, in bytes.
    var bufferCapacity: Int { window.capacity }

    private let window: FileWindow

    /// - Parameters:
    ///   - window: the file, before its first line.
    ///   - line: how many lines come before it.
    init(_ window: FileWindow, line: Int = 0) {
        self.window = window
        self.line = line
    }

    /// The line, including its line break; valid until `next()`.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: window.unread[..<length]) }

    /// Leaves the rest of the file to others.
    ///
    /// - Returns: the file behind the current line, and the number of the line there.
    func giveAway() -> (window: FileWindow, line: Int) {
        window.take(length)
        length = 0
        return (window, line + 1)
    }

    /// Begins anew with what the window has now.
    func begin(line: Int) {
        length = 0
        self.line = line - 1
    }

    /// Reads the next line.
    ///
    /// - Returns: false at the end of the file.
    /// - Throws: `sources.record_too_large`, `sources.unreadable`, `sources.changed`.
    func next() throws -> Bool {
        window.take(length)
        length = 0
        line += 1
        var searched = 0
        while true {
            let bytes = window.unread
            if let end = lineEnd(bytes, from: searched) {
                length = end + 1
                try checkSize(length)
                return true
            }
            try checkSize(bytes.count)
            if window.hasEnded {
                length = bytes.count
                return length > 0
            }
            searched = bytes.count
            _ = try window.more()
        }
    }

    private func lineEnd(_ bytes: UnsafeMutableBufferPointer<UInt8>, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress, let found = memchr(base + start, 0x0A, bytes.count - start) else {
            return nil
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    private func checkSize(_ length: Int) throws {
        guard length > window.limits.record else { return }
        throw SourceError(
            .recordTooLarge, at: .init(path, line: line),
            "the line that begins here has more than \(window.limits.record) bytes, the limit; each line must be one JSON object")
    }
}
