#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file seen through a window of bytes that moves forward.
///
/// The unread bytes lie in one piece at `unread`, and a reader that needs more of them asks for more: they stay, and others
/// follow. The buffer is as large as two blocks, and larger only while a single record needs it.
final class FileWindow {
    /// The sizes that bound a window.
    struct Limits: Sendable {
        /// How many bytes are asked for at once.
        var block = 1 << 18
        /// The largest record, in bytes.
        var record = 16 << 20
    }

    /// The file's path.
    let path: String
    let limits: Limits
    /// How many bytes the buffer can hold.
    private(set) var capacity: Int

    private let stream: any ByteStream
    private var buffer: UnsafeMutablePointer<UInt8>
    private var start = 0
    private var end = 0
    private(set) var hasEnded = false

    /// - Parameter path: the file's name, for messages.
    init(_ stream: any ByteStream, path: String, limits: Limits) {
        self.stream = stream
        self.path = path
        self.limits = limits
        capacity = 2 * max(1, limits.block)
        buffer = .allocate(capacity: capacity)
    }

    deinit {
        buffer.deallocate()
    }

    /// The bytes that nobody has taken yet; valid until `more()`, and the reader's own to change.
    var unread: UnsafeMutableBufferPointer<UInt8> { UnsafeMutableBufferPointer(start: buffer + start, count: end - start) }

    /// Steps over the first bytes of `unread`.
    func take(_ count: Int) {
        start += count
    }

    /// Adds at least one byte to `unread`; returns false when the file has ended.
    ///
    /// - Throws: what the stream throws.
    func more() throws -> Bool {
        if hasEnded { return false }
        let wanted = roomForMore()
        let count = try stream.read(into: UnsafeMutableBufferPointer(start: buffer + end, count: wanted))
        end += count
        hasEnded = count == 0
        return count > 0
    }

    /// Makes room behind the unread bytes, and says how many bytes to ask for.
    private func roomForMore() -> Int {
        let held = end - start
        // Whoever needs more looks at all it has again, so the steps grow with what is held: twice the work at most.
        let wanted = held > 1 << 16 ? max(limits.block, min(held, limits.record)) : max(1, limits.block)
        if held == 0 { (start, end) = (0, 0) }
        if capacity - end >= wanted { return wanted }
        if held + wanted > capacity {
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: held + wanted)
            larger.update(from: buffer + start, count: held)
            buffer.deallocate()
            buffer = larger
            capacity = held + wanted
        } else {
            memmove(buffer, buffer + start, held)
        }
        (start, end) = (0, held)
        return wanted
    }
}
