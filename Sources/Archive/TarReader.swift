import CArchive

/// Reads tar archives of strangers, in memory, and refuses whatever is not exactly what ``TarWriter`` writes.
package enum TarReader {
    /// The entries, in their order.
    ///
    /// - Throws: `ArchiveError` with the first thing that is wrong. Nothing is written anywhere in any case.
    package static func entries(of bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) -> [ArchiveEntry] {
        try checkSize(bytes, limits)
        try checkBeginning(bytes)
        let entries = try read(bytes, limits)
        if entries.isEmpty { throw ArchiveError(.damaged, "the archive is empty") }
        if let pair = ArchivePath.collision(in: entries.map(\.path)) { throw .duplicate(pair) }
        // One way to write it: what differs in a single bit stands where no reader looks, and is nobody's business to send.
        guard try TarWriter.archive(of: entries) == bytes else {
            throw ArchiveError(
                .notPlain,
                "the archive has bytes beside its files (behind the end, in the gaps, in the headers); 'hookline pack' makes none")
        }
        return entries
    }

    private static func checkSize(_ bytes: [UInt8], _ limits: ArchiveLimits) throws(ArchiveError) {
        guard bytes.count <= limits.bytes else {
            throw ArchiveError(.tooBig, "the archive is larger than \(limits.bytes >> 20) MB")
        }
    }

    /// A compressed archive is told apart from a broken one: somebody packed it with another tool.
    private static func checkBeginning(_ bytes: [UInt8]) throws(ArchiveError) {
        let kinds: [([UInt8], String)] = [
            ([0x1F, 0x8B], "gzip"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd"), ([0xFD, 0x37, 0x7A, 0x58], "xz"), ([0x42, 0x5A, 0x68], "bzip2"),
            ([0x50, 0x4B], "zip"), ([0x37, 0x7A, 0xBC, 0xAF], "7z"), ([0x04, 0x22, 0x4D, 0x18], "lz4"),
        ]
        if let kind = kinds.first(where: { bytes.starts(with: $0.0) }) {
            throw ArchiveError(
                .damaged, "the file is compressed (\(kind.1)); a package is a plain tar archive, as 'hookline pack' makes it")
        }
    }

    private static func read(_ bytes: [UInt8], _ limits: ArchiveLimits) throws(ArchiveError) -> [ArchiveEntry] {
        guard let reader = archive_read_new() else { throw ArchiveError(.damaged, "there is no memory to read an archive") }
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
                throw ArchiveError(.tooBig, "the archive has more than \(limits.entries) files")
            }
            let path = try path(of: header, reader)
            let size = archive_entry_size(header)
            guard size >= 0, size <= la_int64_t(room) else {
                throw ArchiveError(
                    .tooBig,
                    "\(ArchivePath.shown(path)) says that it has \(size) bytes; all files together may have \(limits.bytes >> 20) MB")
            }
            let content = try content(Int(size), reader, path)
            room -= content.count
            entries.append(ArchiveEntry(path: path, content: content))
        }
    }

    /// The path of an entry that is a plain file and nothing more.
    private static func path(of header: OpaquePointer, _ reader: OpaquePointer) throws(ArchiveError) -> String {
        guard let name = archive_entry_pathname(header) else { throw ArchiveError(.badPath, "an entry has no name") }
        let path = String(cString: name)
        let shown = ArchivePath.shown(path)
        if archive_entry_hardlink(header) != nil || archive_entry_symlink(header) != nil {
            throw ArchiveError(.notAFile, "\(shown) is a link; a package holds files only")
        }
        let kind = archive_entry_filetype(header)
        guard UInt32(kind) == PlainHeader.regular else {
            throw ArchiveError(.notAFile, "\(shown) is \(word(for: UInt32(kind))); a package holds files only")
        }
        if let fault = ArchivePath.fault(of: path) { throw ArchiveError(.badPath, "the path \(shown) \(fault)") }
        guard archive_entry_sparse_count(header) == 0 else {
            throw ArchiveError(.notAFile, "\(shown) is a file with holes; a package holds plain files only")
        }
        guard archive_format(reader) == ARCHIVE_FORMAT_TAR_USTAR else {
            throw ArchiveError(
                .notPlain, "\(shown) has extended headers, which may hide other names and sizes; a package is a ustar archive")
        }
        guard archive_entry_uid(header) == 0, archive_entry_gid(header) == 0, archive_entry_mtime(header) == 0,
            archive_entry_perm(header) == PlainHeader.rights
        else {
            throw ArchiveError(.notPlain, "\(shown) has an owner, a time or rights of its own; 'hookline pack' writes none")
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
        return ArchiveError(.damaged, "this is no package, or a damaged one; libarchive says \(words)")
    }

    private static func word(for kind: UInt32) -> String {
        switch kind {
        case 0o040_000: "a folder"
        case 0o120_000: "a link"
        case 0o020_000, 0o060_000: "a device"
        case 0o010_000: "a pipe"
        case 0o140_000: "a socket"
        default: "no plain file"
        }
    }
}
