/// A kind of compressed file, recognized by its name's ending and its first bytes.
package enum Compression: String, CaseIterable, Sendable {
    case gzip, zstd, zip

    /// The ending of such files' names, with the dot.
    package var suffix: String {
        switch self {
        case .gzip: ".gz"
        case .zstd: ".zst"
        case .zip: ".zip"
        }
    }

    /// The compression that a file's name promises, in any case; nil if the file is not compressed.
    package init?(path: String) {
        let path = path.lowercased()
        guard let found = Self.allCases.first(where: { path.hasSuffix($0.suffix) }) else { return nil }
        self = found
    }

    /// The compression that a file's first bytes show. (RFC 1952 §2.3.1; RFC 8878 §3.1.1 and §3.1.2; APPNOTE.TXT §4.3.7 and §4.3.16.)
    package init?(firstBytes bytes: some Collection<UInt8>) {
        if bytes.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else if let first = bytes.first, first & 0xF0 == 0x50, bytes.dropFirst().starts(with: [0x2A, 0x4D, 0x18]) {
            // A skippable frame, which parallel compressors write first.
            self = .zstd
        } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            self = .zip
        } else {
            return nil
        }
    }
}
