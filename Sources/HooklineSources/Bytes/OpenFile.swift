#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file that stays open for reading while the object lives.
final class OpenFile {
    let path: String
    let descriptor: Int32
    /// Whether it is a regular file, which has a size and can be read from any position.
    var isRegular: Bool { atOpening.isRegular }

    private let atOpening: FileState

    /// Opens the file.
    ///
    /// - Throws: `sources.not_found`, `sources.not_a_file`, `sources.unreadable`.
    init(path: String) throws {
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
        atOpening = state
    }

    deinit {
        close(descriptor)
    }

    /// Reads the next bytes; returns 0 at the end of the file.
    ///
    /// - Throws: `sources.unreadable`.
    func next(into buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
        var count = read(descriptor, buffer.baseAddress, buffer.count)
        while count < 0, errno == EINTR { count = read(descriptor, buffer.baseAddress, buffer.count) }
        guard count >= 0 else { throw Self.systemFailed(path, "cannot be read", errno) }
        return count
    }

    /// Checks, after the last byte, that the file did not change while it was read. Half an old and half a new file would make people
    /// seem to have left.
    ///
    /// - Parameter bytesRead: how many bytes were read; nil skips the check of the size.
    /// - Throws: `sources.changed`.
    func checkUnchanged(bytesRead: Int64? = nil) throws {
        guard isRegular else { return }
        guard let now = FileState(descriptor), now == atOpening, bytesRead ?? now.size == now.size else {
            throw SourceError(
                .changed, at: .init(path),
                "the file changed while it was read; write a new file beside it and rename it over the old one, then run again")
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
