import CArchive

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// libarchive over an open file, from its beginning.
final class LibarchiveReader {
    /// What stands in an archive beside contents.
    struct Entry {
        let name: String
        let isEncrypted: Bool
        /// Whether it is a file, and none that macOS puts beside each.
        let isFile: Bool
    }

    private let archive: OpaquePointer

    /// - Parameters:
    ///   - descriptor: an open file.
    ///   - allow: enables formats and filters.
    /// - Throws: `archive.unreadable` if libarchive cannot open it.
    init(_ descriptor: Int32, allowing allow: (OpaquePointer) -> Void) throws(ArchiveError) {
        guard let archive = archive_read_new() else { throw ArchiveError(.damaged, "there is no memory to decompress it") }
        self.archive = archive
        allow(archive)
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .system(errno) }
        guard archive_read_open_fd(archive, descriptor, 1 << 16) == ARCHIVE_OK else { throw damaged }
    }

    deinit {
        archive_read_free(archive)
    }

    /// How many bytes of the file are used up.
    var position: Int64 { Int64(archive_filter_bytes(archive, -1)) }

    /// Steps to the next entry; nil at the end.
    func nextEntry() throws(ArchiveError) -> Entry? {
        var header: OpaquePointer?
        let status = archive_read_next_header(archive, &header)
        if status == ARCHIVE_EOF { return nil }
        // A warning is about names and times, which nobody uses.
        guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let header else { throw damaged }
        let name = archive_entry_pathname(header).map { String(cString: $0) } ?? ""
        let isFolder = archive_entry_filetype(header) == 0o040_000
        return Entry(
            name: name, isEncrypted: archive_entry_is_data_encrypted(header) != 0,
            isFile: !isFolder && !name.hasPrefix("__MACOSX/") && !name.hasSuffix(".DS_Store"))
    }

    /// Bytes of the entry; 0 at its end.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(ArchiveError) -> Int {
        let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
        // Checksums that do not fit are a warning to libarchive.
        guard count >= 0 else { throw damaged }
        return Int(count)
    }

    private var damaged: ArchiveError {
        let words = archive_error_string(archive).map { ": libarchive says '\(ArchivePath.shown(String(cString: $0)))'" } ?? ""
        return ArchiveError(.damaged, "the file is cut off or damaged\(words)")
    }
}

extension ArchiveError {
    /// The system refuses to read the file.
    static func system(_ number: Int32) -> ArchiveError {
        ArchiveError(.damaged, "the file cannot be read: \(String(cString: strerror(number)))")
    }
}
