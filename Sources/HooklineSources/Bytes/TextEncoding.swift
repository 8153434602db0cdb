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
        case .utf16:
            guard let isBigEndian = isBigEndian(stream.first) else {
                throw SourceError(
                    .badEncoding, at: .init(path, line: 1),
                    "the byte order of the UTF-16 cannot be told; save the file with a byte order mark, or as UTF-8")
            }
            return TranscodedStream(stream, UTF16Transcoder(isBigEndian: isBigEndian))
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

    /// The byte order of UTF-16, from its mark or else from the NULs; nil if they do not tell.
    ///
    /// Delimiters, line ends, braces, and Latin letters have their NUL first in big-endian order, and second in little-endian order. A few
    /// characters of other scripts have it the other way round.
    private static func isBigEndian(_ first: [UInt8]) -> Bool? {
        if first.starts(with: [0xFE, 0xFF]) { return true }
        if first.starts(with: [0xFF, 0xFE]) || first.count < 2 { return false }
        let nuls = nuls(first[...])
        if nuls.even > 2 * nuls.odd { return true }
        return nuls.odd > 2 * nuls.even ? false : nil
    }

    /// How many NULs are at even and at odd places.
    private static func nuls(_ first: ArraySlice<UInt8>) -> (even: Int, odd: Int) {
        var nuls = (even: 0, odd: 0)
        for (index, byte) in first.enumerated() where byte == 0 {
            if index & 1 == 0 { nuls.even += 1 } else { nuls.odd += 1 }
        }
        return nuls
    }

    private static func looksLikeUTF16(_ first: ArraySlice<UInt8>) -> Bool {
        let nuls = nuls(first)
        return first.count >= 4 && max(nuls.even, nuls.odd) * 4 > first.count
    }
}
