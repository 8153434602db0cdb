import CArchive

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A Zstandard file (RFC 8878) of one or more frames.
final class ZstdFile: Decompressor {
    private let descriptor: Int32
    private let reader: LibarchiveReader
    private let isEmpty: Bool

    init(_ descriptor: Int32) throws(ArchiveError) {
        self.descriptor = descriptor
        reader = try LibarchiveReader(descriptor) { archive in
            archive_read_support_filter_zstd(archive)
            archive_read_support_format_raw(archive)
            // libarchive's raw format does not accept an empty file.
            archive_read_support_format_empty(archive)
        }
        isEmpty = try reader.nextEntry() == nil
    }

    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(ArchiveError) -> Int {
        let count = isEmpty ? 0 : try reader.read(into: buffer)
        // libarchive treats unknown bytes as the end of the file.
        if count == 0, reader.position != lseek(descriptor, 0, SEEK_END) {
            throw ArchiveError(.damaged, "extra bytes follow the end of its compressed data")
        }
        return count
    }
}
