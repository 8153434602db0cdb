/// Decompresses a file piece by piece, in constant memory.
package protocol Decompressor: AnyObject {
    /// Fills the beginning of the buffer, which must not be empty.
    ///
    /// - Returns: the number of bytes; 0 only when the file's own checksums and lengths confirm its end.
    /// - Throws: `archive.damaged` if the file is truncated or damaged, or has extra bytes after its end.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(ArchiveError) -> Int
}

extension Compression {
    /// Creates a decompressor for an open, seekable file, from its beginning. The caller closes the file after the last read.
    ///
    /// - Throws: `ArchiveError` if the file is of another kind, or if a zip archive is damaged, is encrypted, or does not hold exactly
    ///   one file.
    package func decompressor(of descriptor: Int32) throws(ArchiveError) -> any Decompressor {
        switch self {
        case .gzip: try GzipFile(descriptor)
        case .zstd: try ZstdFile(descriptor)
        case .zip: try ZipFile(descriptor)
        }
    }
}
