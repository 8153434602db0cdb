import Archive
import HooklineCore

/// The text of a source's file: decompressed as its name says, and turned into UTF-8, while it is read.
enum FileText {
    /// Opens it, behind a byte order mark.
    ///
    /// - Throws: `sources.not_found`, `sources.not_a_file`, `sources.unreadable`; `sources.wrong_format` for a file that is no text,
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
            throw SourceError(.notAFile, at: .init(file.path), "a compressed source is a file, and this is a pipe or a device")
        }
        guard Compression(firstBytes: plain.first) == compression else {
            let found = plain.first.isEmpty ? "is empty" : "is no \(compression.rawValue) file, as its first bytes say"
            throw SourceError(
                .badArchive, at: .init(file.path),
                "the file \(found), and its name ends in \(compression.suffix); correct the name, or write the file again")
        }
        return try PeekedStream(DecompressedStream(file, compression))
    }
}
