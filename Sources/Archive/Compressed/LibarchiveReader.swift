import CArchive

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reads an open file with libarchive, from its beginning.
final class LibarchiveReader {
    /// An entry's metadata.
    struct Entry {
        let name: String
        let isEncrypted: Bool
        /// Whether it is a file, other than those that macOS adds.
        let isFile: Bool
    }

    private let archive: OpaquePointer

    /// - Parameters:
    ///   - descriptor: an open file.
    ///   - allow: enables formats and filters.
    /// - Throws: `archive.damaged` if libarchive cannot open it.
    init(_ descriptor: Int32, allowing allow: (OpaquePointer) -> Void) throws(ArchiveError) {
        guard let archive = archive_read_new() else { throw ArchiveError(.damaged, "there is not enough memory to decompress the file") }
        self.archive = archive
        allow(archive)
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .system(errno) }
        guard archive_read_open_fd(archive, descriptor, 1 << 16) == ARCHIVE_OK else { throw damaged }
    }

    deinit {
        archive_read_free(archive)
    }

    /// How many bytes of the file have been consumed.
    var position: Int64 { Int64(archive_filter_bytes(archive, -1)) }

    /// Moves to the next entry; nil at the end.
    func nextEntry() throws(ArchiveError) -> Entry? {
        var header: OpaquePointer?
        let status = archive_read_next_header(archive, &header)
        if status == ARCHIVE_EOF { return nil }
        // Warnings concern names and times, which are not used.
        guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let header else { throw damaged }
        let name = archive_entry_pathname(header).map { String(cString: $0) } ?? ""
        let isFolder = archive_entry_filetype(header) == 0o040_000
        return Entry(
            name: name, isEncrypted: archive_entry_is_data_encrypted(header) != 0,
            isFile: !isFolder && !name.hasPrefix("__MACOSX/") && !name.hasSuffix(".DS_Store"))
    }

    /// Reads bytes of the entry; returns 0 at its end.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(ArchiveError) -> Int {
        let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
        // libarchive reports a wrong checksum as a warning.
        guard count >= 0 else { throw damaged }
        return Int(count)
    }

    private var damaged: ArchiveError {
        let words = archive_error_string(archive).map { ": libarchive says '\(ArchivePath.shown(String(cString: $0)))'" } ?? ""
        return ArchiveError(.damaged, "the file is cut off or damaged\(words)")
    }
}

extension ArchiveError {
    /// The error for a failed system call.
    static func system(_ number: Int32) -> ArchiveError {
        ArchiveError(.damaged, "the file cannot be read: \(String(cString: strerror(number)))")
    }
}
