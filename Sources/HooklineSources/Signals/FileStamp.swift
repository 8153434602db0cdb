import HooklineCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// When a file was last modified, and what shows that it is still the same one, without opening it.
struct FileStamp: Equatable {
    /// In Unix seconds.
    let modified: Int64
    /// In bytes.
    let size: Int64
    /// Whether it is neither a folder, nor a pipe, nor a device: reading it changes nothing.
    let isFile: Bool
    private let nanoseconds: Int
    private let inode: UInt64

    /// The stamp as a text that is the same for the same state of the file.
    var text: String { "\(size) bytes, \(modified).\(nanoseconds), \(inode)" }

    /// Reads the stamp of a file; follows links.
    ///
    /// - Parameters:
    ///   - path: an absolute path.
    ///   - name: what messages call the file.
    /// - Returns: nil if nothing is there.
    /// - Throws: `sources.unreadable` if the system does not tell.
    static func of(_ path: String, called name: String) throws(SourceError) -> FileStamp? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let reason = errno
            if reason == ENOENT || reason == ENOTDIR { return nil }
            throw SourceError(.unreadable, at: .init(name), "cannot look at '\(name)': \(String(cString: strerror(reason)))")
        }
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        return FileStamp(
            modified: Int64(time.tv_sec), size: Int64(status.st_size), isFile: status.st_mode & S_IFMT == S_IFREG,
            nanoseconds: Int(time.tv_nsec), inode: UInt64(status.st_ino))
    }
}
