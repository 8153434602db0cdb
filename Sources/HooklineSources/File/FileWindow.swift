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
        /// How many bytes one `read(2)` asks for.
        var block = 1 << 18
        /// The largest record, in bytes.
        var record = 16 << 20
    }

    /// The file's path.
    let path: String
    let limits: Limits
    /// How many bytes the buffer can hold.
    private(set) var capacity: Int

    private let descriptor: Int32
    private let atOpening: FileState
    private var buffer: UnsafeMutablePointer<UInt8>
    private var start = 0
    private var end = 0
    private var bytesRead: Int64 = 0
    private(set) var hasEnded = false

    /// Opens the file.
    ///
    /// - Throws: `sources.not_found`, `sources.not_a_file`, `sources.unreadable`.
    init(path: String, limits: Limits) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.openingFailed(path, errno) }
        guard let state = FileState(descriptor) else {
            close(descriptor)
            throw Self.systemFailed(path, "cannot be opened", errno)
        }
        guard !state.isFolder else {
            close(descriptor)
            throw SourceError(.notAFile, at: .init(path), "this is a folder; `path` of a source names one file")
        }
        self.path = path
        self.limits = limits
        atOpening = state
        capacity = 2 * max(1, limits.block)
        buffer = .allocate(capacity: capacity)
    }

    deinit {
        close(descriptor)
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
    /// - Throws: `sources.unreadable`, and `sources.changed` when the file is at its end no longer what it was when opened:
    ///   half of an old and half of a new file would make people look departed.
    func more() throws -> Bool {
        if hasEnded { return false }
        let wanted = roomForMore()
        var count = read(descriptor, buffer + end, wanted)
        while count < 0, errno == EINTR { count = read(descriptor, buffer + end, wanted) }
        guard count >= 0 else { throw Self.systemFailed(path, "cannot be read", errno) }
        end += count
        bytesRead += Int64(count)
        if count > 0 { return true }
        hasEnded = true
        try checkUnchanged()
        return false
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

    private func checkUnchanged() throws {
        guard atOpening.isRegular else { return }
        guard let now = FileState(descriptor), now == atOpening, bytesRead == atOpening.size else {
            throw SourceError(
                .changed, at: .init(path),
                "the file was written to while it was read; write a new file beside it and rename it over the old one, then run again")
        }
    }

    private static func openingFailed(_ path: String, _ number: Int32) -> SourceError {
        if number == ENOENT || number == ENOTDIR {
            return SourceError(.notFound, at: .init(path), "there is no such file; correct `path` of the source")
        }
        return systemFailed(path, "cannot be opened", number)
    }

    private static func systemFailed(_ path: String, _ what: String, _ number: Int32) -> SourceError {
        SourceError(.unreadable, at: .init(path), "the file \(what): \(String(cString: strerror(number)))")
    }
}
