import HooklineCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A window of bytes that moves forward through a file.
///
/// The unread bytes are contiguous; a reader that needs more calls `more()`. The buffer holds two blocks, and grows only for a single
/// record that needs it.
final class FileWindow {
    /// The sizes of a window.
    struct Limits: Sendable {
        /// The most bytes to request at once.
        var block = 1 << 18
        /// The largest record, in bytes.
        var record = 16 << 20
        /// The most rows of a part that one thread fits.
        var partRows = RecordBatch.defaultRows
        /// A part has no further row once it has that many bytes.
        var partBytes = 1 << 20
    }

    let path: String
    let limits: Limits
    /// The size of the buffer, in bytes.
    private(set) var capacity: Int

    private let stream: any ByteStream
    private var buffer: UnsafeMutablePointer<UInt8>
    private var start = 0
    private var end = 0
    private(set) var hasEnded = false

    /// - Parameters:
    ///   - stream: the bytes.
    ///   - path: the file's name, for messages.
    ///   - limits: the sizes of a block and of the largest record.
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

    /// The bytes that have not been taken; valid until `more()`. The reader may change them.
    var unread: UnsafeMutableBufferPointer<UInt8> { UnsafeMutableBufferPointer(start: buffer + start, count: end - start) }

    /// Removes the first bytes of `unread`.
    func take(_ count: Int) {
        start += count
    }

    /// Reads more bytes into `unread`; returns false at the end of the file.
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

    /// Replaces all bytes by a copy of others, behind which the file ends, or goes on out of reach.
    func load(_ bytes: UnsafeMutableBufferPointer<UInt8>, isEnd: Bool) {
        // A part with a huge record is rare, and its memory is not kept.
        if capacity < bytes.count || capacity > max(2 * max(1, limits.block), 4 * bytes.count) {
            buffer.deallocate()
            capacity = max(2 * max(1, limits.block), bytes.count)
            buffer = .allocate(capacity: capacity)
        }
        if let first = bytes.baseAddress { buffer.update(from: first, count: bytes.count) }
        (start, end, hasEnded) = (0, bytes.count, isEnd)
    }

    /// Makes room after the unread bytes.
    ///
    /// - Returns: how many bytes to read.
    private func roomForMore() -> Int {
        let held = end - start
        // A reader that needs more bytes scans all of them again. Growing in proportion keeps the total work within twice the minimum.
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
