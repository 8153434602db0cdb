/// Hands over the bytes of a compressed file piece by piece, in constant memory.
package protocol Decompressor: AnyObject {
    /// Fills the beginning of the buffer, which is not empty.
    ///
    /// - Returns: how many bytes; 0 only when the file has ended as its own checksums and lengths say.
    /// - Throws: `archive.damaged` when the file is cut off or damaged, or something stands behind its end.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(ArchiveError) -> Int
}

extension Compression {
    /// A decompressor of an open, seekable file, from its beginning; the caller closes the file, after the decompressor's last use.
    ///
    /// - Throws: `ArchiveError` when the file is of another kind, and when a zip archive is damaged, encrypted or holds more or less
    ///   than one file.
    package func decompressor(of descriptor: Int32) throws(ArchiveError) -> any Decompressor {
        switch self {
        case .gzip: try GzipFile(descriptor)
        case .zstd: try ZstdFile(descriptor)
        case .zip: try ZipFile(descriptor)
        }
    }
}
