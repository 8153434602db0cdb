import CArchive

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A Zstandard file (RFC 8878), of one frame or of several.
final class ZstdFile: Decompressor {
    private let descriptor: Int32
    private let reader: LibarchiveReader
    private let isEmpty: Bool

    init(_ descriptor: Int32) throws(ArchiveError) {
        self.descriptor = descriptor
        reader = try LibarchiveReader(descriptor) { archive in
            archive_read_support_filter_zstd(archive)
            archive_read_support_format_raw(archive)
            // A file that holds no byte is a raw file to nobody.
            archive_read_support_format_empty(archive)
        }
        isEmpty = try reader.nextEntry() == nil
    }

    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(ArchiveError) -> Int {
        let count = isEmpty ? 0 : try reader.read(into: buffer)
        // libarchive takes whatever it does not know for the end.
        if count == 0, reader.position != lseek(descriptor, 0, SEEK_END) {
            throw ArchiveError(.damaged, "something stands behind the end of its compressed data")
        }
        return count
    }
}
