#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A window of bytes that moves forward through a file.
///
/// The unread bytes are contiguous, and a reader that needs more of them asks for more. The buffer has the size of two blocks, and grows
/// only for a single record that needs it.
final class FileWindow {
    /// The sizes of a window.
    struct Limits: Sendable {
        /// How many bytes one `read(2)` reads.
        var block = 1 << 18
        /// The largest record, in bytes.
        var record = 16 << 20
    }

    let path: String
    let limits: Limits
    /// The size of the buffer, in bytes.
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
            throw SourceError(.notAFile, at: .init(path), "this is a folder; set `path` of the source to a file")
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

    /// The bytes that were not taken yet; valid until `more()`. The reader may change them.
    var unread: UnsafeMutableBufferPointer<UInt8> { UnsafeMutableBufferPointer(start: buffer + start, count: end - start) }

    /// Removes the first bytes of `unread`.
    func take(_ count: Int) {
        start += count
    }

    /// Appends bytes to `unread`.
    ///
    /// - Returns: false at the end of the file.
    /// - Throws: `sources.unreadable`; `sources.changed` if, at its end, the file is not what it was when opened: with half of an old and half
    ///   of a new file, users would appear to have left.
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

    /// Makes room after the unread bytes.
    ///
    /// - Returns: how many bytes to read.
    private func roomForMore() -> Int {
        let held = end - start
        // A reader that needs more scans all it has again. Steps that grow with that make it twice the work at most.
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
                "the file changed while it was read; write new data to another file and rename that to this one, then run again")
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
