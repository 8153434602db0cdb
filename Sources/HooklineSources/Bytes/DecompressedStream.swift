import Archive

/// The decompressed bytes of the only file in a compressed file.
final class DecompressedStream: ByteStream {
    private let file: OpenFile
    private let decompressor: any Decompressor

    /// - Throws: `sources.bad_archive` if the file is not of that compression, or does not hold exactly one file.
    init(_ file: OpenFile, _ compression: Compression) throws {
        self.file = file
        do {
            decompressor = try compression.decompressor(of: file.descriptor)
        } catch {
            throw Self.refusal(error, file.path, compression)
        }
        self.compression = compression
    }

    private let compression: Compression

    /// - Throws: `sources.bad_archive` when the file is truncated or damaged; `sources.changed`.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
        let count: Int
        do {
            count = try decompressor.read(into: buffer)
        } catch {
            throw Self.refusal(error, file.path, compression)
        }
        if count == 0 { try file.checkUnchanged() }
        return count
    }

    private static func refusal(_ error: ArchiveError, _ path: String, _ compression: Compression) -> SourceError {
        let advice =
            error.code == .damaged
            ? "write or fetch it again, and run again" : "a compressed source holds exactly one CSV or JSONL file, without a password"
        return SourceError(.badArchive, at: .init(path), "\(compression.rawValue): \(error.message); \(advice)")
    }
}
