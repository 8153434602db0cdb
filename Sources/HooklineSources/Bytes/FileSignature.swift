import Archive

/// Recognizes files that are not text by their first bytes.
enum FileSignature {
    /// The error for a file that is not text, with advice; nil for a file that may be text.
    static func fault(_ first: [UInt8], path: String) -> SourceError? {
        func error(_ message: String) -> SourceError { SourceError(.wrongFormat, at: .init(path), message) }
        if isWorkbook(first, path) {
            return error(
                "the file is a workbook of a spreadsheet program; save the sheet as CSV (in Excel: 'CSV UTF-8'), and name that file")
        }
        if let compression = Compression(firstBytes: first) {
            return error(
                "the file is compressed (\(compression.rawValue)), but its name does not say so; give it a name that ends in "
                    + "\(compression.suffix), and Hookline decompresses it")
        }
        guard let known = known.first(where: { first.starts(with: $0.bytes) }) else { return nil }
        return error("the file is \(known.what); \(known.advice)")
    }

    /// The kind of file, for messages about databases; nil if unknown.
    static func name(_ first: [UInt8]) -> String? {
        if let compression = Compression(firstBytes: first) { return "compressed (\(compression.rawValue))" }
        return known.first { first.starts(with: $0.bytes) }?.what
    }

    private static func isWorkbook(_ first: [UInt8], _ path: String) -> Bool {
        // The compound files of Microsoft Office before 2007.
        if first.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return true }
        guard first.starts(with: [0x50, 0x4B, 0x03, 0x04]) else { return false }
        let name = path.lowercased()
        if [".xlsx", ".xlsm", ".xlsb", ".ods", ".numbers"].contains(where: { name.hasSuffix($0) }) { return true }
        return ["[Content_Types].xml", "xl/", "mimetypeapplication/vnd.oasis"].contains { first.firstRange(of: Array($0.utf8)) != nil }
    }

    private static let known: [(bytes: [UInt8], what: String, advice: String)] = {
        let decompress = "decompress it, or compress it as .gz or .zst"
        let export = "export its rows as CSV or JSONL (in DuckDB, for example, with COPY … TO 'users.csv')"
        return [
            (Array("SQLite format 3\0".utf8), "an SQLite database", "to read it, use a source with `type: sqlite`"),
            (Array("PAR1".utf8), "a Parquet file", "to read it, use a source with `type: duckdb`"),
            (Array("ORC".utf8), "an ORC file", export),
            (Array("Obj\u{1}".utf8), "an Avro file", export), (Array("ARROW1".utf8), "an Arrow file", export),
            (Array("%PDF".utf8), "a PDF document", "export its rows as CSV"),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed (xz)", decompress), (Array("BZh".utf8), "compressed (bzip2)", decompress),
            ([0x04, 0x22, 0x4D, 0x18], "compressed (lz4)", decompress),
            ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "compressed (7z)", decompress),
            (Array("Rar!".utf8), "compressed (rar)", decompress),
        ]
    }()
}
