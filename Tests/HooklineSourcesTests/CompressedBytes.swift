import CArchive

/// Compresses bytes as other programs do.
enum CompressedBytes {
    /// A gzip or Zstandard file with the given bytes.
    static func file(_ bytes: [UInt8], _ filter: (OpaquePointer) -> Int32) -> [UInt8] {
        write { archive in
            _ = filter(archive)
            archive_write_set_format_raw(archive)
            return [("data", bytes)]
        }
    }

    static func gzip(_ bytes: [UInt8]) -> [UInt8] { file(bytes, archive_write_add_filter_gzip) }
    static func zstd(_ bytes: [UInt8]) -> [UInt8] { file(bytes, archive_write_add_filter_zstd) }

    /// A zip archive of the given files.
    static func zip(_ files: [(String, [UInt8])]) -> [UInt8] {
        write { archive in
            archive_write_set_format_zip(archive)
            return files
        }
    }

    private static func write(_ begin: (OpaquePointer) -> [(String, [UInt8])]) -> [UInt8] {
        guard let archive = archive_write_new(), let entry = archive_entry_new() else { return [] }
        defer {
            archive_entry_free(entry)
            archive_write_free(archive)
        }
        let files = begin(archive)
        archive_write_set_bytes_in_last_block(archive, 1)
        var output = [UInt8](repeating: 0, count: files.reduce(1 << 16) { $0 + 2 * $1.1.count + 1_024 })
        var used = 0
        output.withUnsafeMutableBytes { buffer in
            archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &used)
            for (name, bytes) in files {
                archive_entry_clear(entry)
                archive_entry_set_pathname(entry, name)
                archive_entry_set_filetype(entry, name.hasSuffix("/") ? 0o040_000 : 0o100_000)
                archive_entry_set_perm(entry, 0o644)
                archive_entry_set_size(entry, Int64(bytes.count))
                archive_write_header(archive, entry)
                archive_write_data(archive, bytes, bytes.count)
            }
            archive_write_close(archive)
        }
        return Array(output[..<used])
    }
}
