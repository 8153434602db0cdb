import HooklineCore

/// Turns a file's bytes into UTF-8, according to the configured encoding.
enum TextEncoding {
    /// A byte that never occurs in UTF-8. It replaces undefined bytes, so that checks of the text find them.
    static let fault: UInt8 = 0xFF

    /// - Throws: `sources.bad_encoding` when the first bytes contradict the configured encoding.
    static func utf8(of stream: PeekedStream, encoding: FileFormat.Encoding, path: String) throws -> any ByteStream {
        if let message = contradiction(encoding, stream.first) {
            throw SourceError(.badEncoding, at: .init(path, line: 1), message)
        }
        switch encoding {
        case .utf8: return stream
        case .windows1252: return TranscodedStream(stream, SingleByteTranscoder.windows1252)
        case .latin1: return TranscodedStream(stream, SingleByteTranscoder.latin1)
        case .utf16: return TranscodedStream(stream, UTF16Transcoder(isBigEndian: stream.first.starts(with: [0xFE, 0xFF])))
        }
    }

    /// The message about a byte that the encoding does not define.
    static func message(_ encoding: FileFormat.Encoding) -> String {
        switch encoding {
        case .utf8:
            "a byte that is not UTF-8; save the file as UTF-8, or set the encoding of the source, most often `encoding: windows-1252`"
        case .windows1252: "a byte that windows-1252 does not define; correct `encoding` of the source"
        case .latin1:
            "a byte that is a control character in latin-1; the file is probably windows-1252: correct `encoding` of the source"
        case .utf16: "half of a UTF-16 character; the file is damaged or cut off, or `encoding` of the source is wrong"
        }
    }

    private static func contradiction(_ encoding: FileFormat.Encoding, _ first: [UInt8]) -> String? {
        // UTF-32 in little-endian order starts like UTF-16.
        if first.starts(with: [0xFF, 0xFE, 0, 0]) || first.starts(with: [0, 0, 0xFE, 0xFF]) {
            return "the file is UTF-32; save it as UTF-8"
        }
        if first.starts(with: [0xEF, 0xBB, 0xBF]) {
            return encoding == .utf8 ? nil : "the file is UTF-8, as its first bytes show; leave `encoding` of the source out"
        }
        let hasMark = first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF])
        if encoding == .utf16 {
            // In UTF-16, delimiters, line ends, and braces contain a NUL.
            return hasMark || first.count < 2 || first.contains(0)
                ? nil : "the file is not UTF-16; correct `encoding` of the source, or leave it out"
        }
        guard hasMark || looksLikeUTF16(first.prefix(64)) else { return nil }
        return "the file is UTF-16; set `encoding: utf-16` for the source, or save the file as UTF-8"
    }

    private static func looksLikeUTF16(_ first: ArraySlice<UInt8>) -> Bool {
        var nuls = [0, 0]
        for (index, byte) in first.enumerated() where byte == 0 { nuls[index & 1] += 1 }
        return first.count >= 4 && max(nuls[0], nuls[1]) * 4 > first.count
    }
}
