#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The size and modification time of an open file, which show whether it changed.
struct FileState: Equatable {
    /// In bytes.
    let size: Int64
    let isRegular: Bool
    let isFolder: Bool

    private let modifiedSeconds: Int
    private let modifiedNanoseconds: Int

    /// Nil if the system call fails; `errno` then gives the reason.
    init?(_ descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        size = Int64(status.st_size)
        isRegular = status.st_mode & S_IFMT == S_IFREG
        isFolder = status.st_mode & S_IFMT == S_IFDIR
        #if canImport(Darwin)
            let modified = status.st_mtimespec
        #else
            let modified = status.st_mtim
        #endif
        modifiedSeconds = Int(modified.tv_sec)
        modifiedNanoseconds = Int(modified.tv_nsec)
    }
}
