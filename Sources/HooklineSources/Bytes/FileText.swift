import Archive
import HooklineCore

/// Reads a source's file as UTF-8, decompressing it if its name says that it is compressed.
enum FileText {
    /// Opens the file after any byte order mark.
    ///
    /// - Throws: `sources.not_found`, `sources.not_a_file`, `sources.unreadable`, `sources.wrong_format` for a file that is not text,
    ///   `sources.bad_archive`, `sources.bad_encoding`.
    static func window(of source: SourceConfiguration, limits: FileWindow.Limits) throws -> FileWindow {
        let file = try OpenFile(path: source.path)
        let bytes = try self.bytes(of: file)
        if let fault = FileSignature.fault(bytes.first, path: file.path) { throw fault }
        let text = try TextEncoding.utf8(of: bytes, encoding: source.file.encoding, path: file.path)
        let window = FileWindow(text, path: file.path, limits: limits)
        try ByteOrderMark.skip(in: window)
        return window
    }

    private static func bytes(of file: OpenFile) throws -> PeekedStream {
        let plain = try PeekedStream(FileStream(file))
        guard let compression = Compression(path: file.path) else { return plain }
        guard file.isRegular else {
            throw SourceError(.notAFile, at: .init(file.path), "a compressed source must be a file, but this is a pipe or a device")
        }
        guard Compression(firstBytes: plain.first) == compression else {
            let found = plain.first.isEmpty ? "is empty" : "is not a \(compression.rawValue) file, as its first bytes show"
            throw SourceError(
                .badArchive, at: .init(file.path),
                "the file \(found), but its name ends in \(compression.suffix); correct the name, or write the file again")
        }
        return try PeekedStream(DecompressedStream(file, compression))
    }
}
