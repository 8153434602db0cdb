import CArchive

/// Writes tar archives that hold nothing but paths and contents: the same files give the same bytes on every machine.
///
/// The format is ustar (POSIX.1-1988) without compression, because the output of a compressor changes with its version.
package enum TarWriter {
    /// The bytes of an archive with the entries in the given order.
    ///
    /// - Throws: `ArchiveError` for a path that is not allowed, and for two that would collide on some system.
    package static func archive(of entries: [ArchiveEntry]) throws(ArchiveError) -> [UInt8] {
        for entry in entries {
            if let fault = ArchivePath.fault(of: entry.path) {
                throw ArchiveError(.badPath, "the path \(ArchivePath.shown(entry.path)) \(fault)")
            }
        }
        if let pair = ArchivePath.collision(in: entries.map(\.path)) { throw .duplicate(pair) }
        guard let writer = archive_write_new() else { throw ArchiveError(.damaged, "there is not enough memory to write an archive") }
        defer { archive_write_free(writer) }
        archive_write_set_format_ustar(writer)
        archive_write_add_filter_none(writer)
        archive_write_set_bytes_per_block(writer, 512)
        archive_write_set_bytes_in_last_block(writer, 512)
        // A header and up to 511 bytes of padding for each entry, and two empty blocks at the end.
        let capacity = entries.reduce(1_024) { $0 + 1_024 + $1.content.count }
        var used = 0
        let bytes = try bytes(capacity) { buffer throws(ArchiveError) in
            try succeeds(writer, archive_write_open_memory(writer, buffer.baseAddress, capacity, &used))
            for entry in entries { try write(entry, to: writer) }
            try succeeds(writer, archive_write_close(writer))
            return used
        }
        return bytes
    }

    private static func bytes(
        _ capacity: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) throws(ArchiveError) -> Int
    ) throws(ArchiveError) -> [UInt8] {
        var failure: ArchiveError?
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            do throws(ArchiveError) { count = try fill(buffer) } catch {
                count = 0
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    private static func write(_ entry: ArchiveEntry, to writer: OpaquePointer) throws(ArchiveError) {
        guard let header = archive_entry_new() else { throw ArchiveError(.damaged, "there is not enough memory to write an archive") }
        defer { archive_entry_free(header) }
        archive_entry_set_pathname(header, entry.path)
        archive_entry_set_size(header, la_int64_t(entry.content.count))
        archive_entry_set_filetype(header, PlainHeader.regular)
        archive_entry_set_perm(header, PlainHeader.rights)
        archive_entry_set_mtime(header, 0, 0)
        try succeeds(writer, archive_write_header(writer, header))
        let written = entry.content.withUnsafeBytes { archive_write_data(writer, $0.baseAddress, $0.count) }
        guard written == entry.content.count else { throw ArchiveError(.damaged, "libarchive failed: \(words(writer))") }
    }

    private static func succeeds(_ writer: OpaquePointer, _ status: Int32) throws(ArchiveError) {
        if status != ARCHIVE_OK { throw ArchiveError(.damaged, "libarchive failed: \(words(writer))") }
    }

    private static func words(_ writer: OpaquePointer) -> String {
        archive_error_string(writer).map { String(cString: $0) } ?? "no reason given"
    }
}

/// What every entry's header says besides path and size.
enum PlainHeader {
    /// The value of `AE_IFREG`, a macro that Swift cannot import.
    static let regular: UInt32 = 0o100_000
    /// Everyone may read; the owner may also write.
    static let rights: mode_t = 0o644
}

extension ArchiveError {
    static func duplicate(_ pair: (first: String, second: String)) -> ArchiveError {
        pair.first == pair.second
            ? ArchiveError(.duplicate, "the path \(ArchivePath.shown(pair.first)) occurs twice")
            : ArchiveError(
                .duplicate,
                "the paths \(ArchivePath.shown(pair.first)) and \(ArchivePath.shown(pair.second)) would collide on some systems: they or their folders differ only in case, or one is a file where the other needs a folder"
            )
    }
}
