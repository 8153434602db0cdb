import CArchive

/// A zip archive that holds one file.
///
/// Reads the directory at the end of the archive first, so that a truncated archive is rejected before any byte is returned.
final class ZipFile: Decompressor {
    private let reader: LibarchiveReader

    init(_ descriptor: Int32) throws(ArchiveError) {
        let names = try Self.files(in: Self.reader(descriptor))
        if names.contains("[Content_Types].xml") || names.contains("content.xml") {
            throw ArchiveError(.notPlain, "it is a workbook of a spreadsheet program")
        }
        guard names.count == 1 else {
            throw ArchiveError(.notPlain, names.isEmpty ? "it holds no file" : "it holds \(names.count) files")
        }
        reader = try Self.reader(descriptor)
        while let entry = try reader.nextEntry(), !entry.isFile {}
    }

    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(ArchiveError) -> Int {
        try reader.read(into: buffer)
    }

    /// The names of its files, without those that macOS adds.
    private static func files(in reader: LibarchiveReader) throws(ArchiveError) -> [String] {
        var names: [String] = []
        while let entry = try reader.nextEntry() {
            if entry.isEncrypted { throw ArchiveError(.notPlain, "it is encrypted") }
            if entry.isFile { names.append(entry.name) }
        }
        return names
    }

    private static func reader(_ descriptor: Int32) throws(ArchiveError) -> LibarchiveReader {
        try LibarchiveReader(descriptor) { archive in archive_read_support_format_zip_seekable(archive) }
    }
}
