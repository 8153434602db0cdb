import CArchive

/// Reads untrusted tar archives in memory, and refuses everything that ``TarWriter`` would not write byte for byte.
package enum TarReader {
    /// The files of an archive, in its order. Nothing is written to disk.
    ///
    /// - Throws: `ArchiveError` for the first fault.
    package static func entries(of bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) -> [ArchiveEntry] {
        try checkSize(bytes, limits)
        try checkBeginning(bytes)
        let entries = try read(bytes, limits)
        if entries.isEmpty { throw ArchiveError(.damaged, "the archive is empty") }
        if let pair = ArchivePath.collision(in: entries.map(\.path)) { throw .duplicate(pair) }
        // Each archive has one valid form. Any other bit is where no reader looks, and could hide something there.
        guard try TarWriter.archive(of: entries) == bytes else {
            throw ArchiveError(
                .notPlain,
                "the archive has bytes besides its files (after its end, in gaps, or in headers); 'hookline pack' writes none")
        }
        return entries
    }

    private static func checkSize(_ bytes: [UInt8], _ limits: ArchiveLimits) throws(ArchiveError) {
        guard bytes.count <= limits.bytes else {
            throw ArchiveError(.tooBig, "the archive is larger than \(limits.bytes >> 20) MB, the limit")
        }
    }

    /// Tells a compressed archive from a damaged one: it was packed with another tool, and the message can say so.
    private static func checkBeginning(_ bytes: [UInt8]) throws(ArchiveError) {
        let kinds: [([UInt8], String)] = [
            ([0x1F, 0x8B], "gzip"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd"), ([0xFD, 0x37, 0x7A, 0x58], "xz"), ([0x42, 0x5A, 0x68], "bzip2"),
            ([0x50, 0x4B], "zip"), ([0x37, 0x7A, 0xBC, 0xAF], "7z"), ([0x04, 0x22, 0x4D, 0x18], "lz4"),
        ]
        if let kind = kinds.first(where: { bytes.starts(with: $0.0) }) {
            throw ArchiveError(
                .damaged, "the file is compressed (\(kind.1)); a package is an uncompressed tar archive, as 'hookline pack' writes it")
        }
    }

    private static func read(_ bytes: [UInt8], _ limits: ArchiveLimits) throws(ArchiveError) -> [ArchiveEntry] {
        guard let reader = archive_read_new() else { throw ArchiveError(.damaged, "there is not enough memory to read an archive") }
        defer { archive_read_free(reader) }
        archive_read_support_format_tar(reader)
        var entries: [ArchiveEntry] = []
        var failure: ArchiveError?
        bytes.withUnsafeBytes { buffer in
            do throws(ArchiveError) { try read(reader, buffer, limits, into: &entries) } catch { failure = error }
        }
        if let failure { throw failure }
        return entries
    }

    private static func read(
        _ reader: OpaquePointer, _ buffer: UnsafeRawBufferPointer, _ limits: ArchiveLimits, into entries: inout [ArchiveEntry]
    ) throws(ArchiveError) {
        guard archive_read_open_memory(reader, buffer.baseAddress, buffer.count) == ARCHIVE_OK else { throw damaged(reader) }
        var room = limits.bytes
        while true {
            var header: OpaquePointer?
            let status = archive_read_next_header(reader, &header)
            if status == ARCHIVE_EOF { return }
            guard status == ARCHIVE_OK, let header else { throw damaged(reader) }
            guard entries.count < limits.entries else {
                throw ArchiveError(.tooBig, "the archive has more than \(limits.entries) files, the limit")
            }
            let path = try path(of: header, reader)
            let size = archive_entry_size(header)
            guard size >= 0, size <= la_int64_t(room) else {
                throw ArchiveError(
                    .tooBig,
                    "\(ArchivePath.shown(path)) claims \(size) bytes; the limit for all files together is \(limits.bytes >> 20) MB")
            }
            let content = try content(Int(size), reader, path)
            room -= content.count
            entries.append(ArchiveEntry(path: path, content: content))
        }
    }

    /// The path of an entry, once it is known to be a plain file with nothing but a path and contents.
    private static func path(of header: OpaquePointer, _ reader: OpaquePointer) throws(ArchiveError) -> String {
        guard let name = archive_entry_pathname(header) else { throw ArchiveError(.badPath, "an entry has no name") }
        let path = String(cString: name)
        let shown = ArchivePath.shown(path)
        if archive_entry_hardlink(header) != nil || archive_entry_symlink(header) != nil {
            throw ArchiveError(.notAFile, "\(shown) is a link; a package contains only files")
        }
        let kind = archive_entry_filetype(header)
        guard UInt32(kind) == PlainHeader.regular else {
            throw ArchiveError(.notAFile, "\(shown) is \(word(for: UInt32(kind))); a package contains only files")
        }
        if let fault = ArchivePath.fault(of: path) { throw ArchiveError(.badPath, "the path \(shown) \(fault)") }
        guard archive_entry_sparse_count(header) == 0 else {
            throw ArchiveError(.notAFile, "\(shown) is a sparse file; a package contains only plain files")
        }
        guard archive_format(reader) == ARCHIVE_FORMAT_TAR_USTAR else {
            throw ArchiveError(
                .notPlain, "\(shown) has extended headers, which could hide other names and sizes; a package is a plain ustar archive")
        }
        guard archive_entry_uid(header) == 0, archive_entry_gid(header) == 0, archive_entry_mtime(header) == 0,
            archive_entry_perm(header) == PlainHeader.rights
        else {
            throw ArchiveError(.notPlain, "\(shown) has an owner, a time, or permissions of its own; 'hookline pack' writes none")
        }
        return path
    }

    private static func content(_ size: Int, _ reader: OpaquePointer, _ path: String) throws(ArchiveError) -> [UInt8] {
        var content = [UInt8](repeating: 0, count: size)
        var filled = 0
        while filled < size {
            let count = content.withUnsafeMutableBytes { archive_read_data(reader, $0.baseAddress! + filled, size - filled) }
            if count < 0 { throw damaged(reader) }
            guard count > 0 else { throw ArchiveError(.damaged, "the archive ends inside \(ArchivePath.shown(path))") }
            filled += count
        }
        return content
    }

    private static func damaged(_ reader: OpaquePointer) -> ArchiveError {
        let words = archive_error_string(reader).map { ArchivePath.shown(String(cString: $0)) } ?? "no reason given"
        return ArchiveError(.damaged, "this is not a package, or it is damaged; libarchive says \(words)")
    }

    private static func word(for kind: UInt32) -> String {
        switch kind {
        case 0o040_000: "a folder"
        case 0o120_000: "a link"
        case 0o020_000, 0o060_000: "a device"
        case 0o010_000: "a pipe"
        case 0o140_000: "a socket"
        default: "not a plain file"
        }
    }
}
