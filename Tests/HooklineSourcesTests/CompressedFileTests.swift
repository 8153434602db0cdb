import Foundation
import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("Compressed files")
struct CompressedFileTests {
    private static let text = Array("id,name\n1,Chloé\n2,Bob\n".utf8)
    private static let rows: [[String?]] = [["1", "Chloé"], ["2", "Bob"]]

    private func read(_ bytes: [UInt8], _ name: String, limits: FileWindow.Limits = .init(), encoding: FileFormat.Encoding = .utf8) throws
        -> RowsRead
    {
        let folder = try TemporaryFolder()
        var configuration = SourceConfiguration(name: "shop", kind: .csv, path: try folder.write(bytes, name))
        configuration.file.encoding = encoding
        return try RowsRead(CSVSource(configuration, model: Model(), limits: limits).open())
    }

    private func code(_ bytes: [UInt8], _ name: String) -> SourceError.Code? { sourceError { _ = try read(bytes, name) }?.code }

    private static let files: [(String, [UInt8])] = [
        ("users.csv.gz", CompressedBytes.gzip(text)), ("users.csv.zst", CompressedBytes.zstd(text)),
        ("users.zip", CompressedBytes.zip([("users.csv", text)])), ("USERS.CSV.GZ", CompressedBytes.gzip(text)),
        ("of macOS.zip", CompressedBytes.zip([("a/", []), ("a/users.csv", text), ("__MACOSX/a/._users.csv", [0])])),
    ]

    @Test("are decompressed while they are read", arguments: files)
    func decompressed(_ name: String, _ bytes: [UInt8]) throws {
        for block in [1, 100, 1 << 18] { #expect(try read(bytes, name, limits: .init(block: block)).rows == Self.rows) }
    }

    @Test("are one file even if written in several parts", arguments: ["gz", "zst"])
    func parts(_ suffix: String) throws {
        let pack = suffix == "gz" ? CompressedBytes.gzip : CompressedBytes.zstd
        #expect(try read(pack(Array(Self.text[..<12])) + pack(Array(Self.text[12...])), "users.csv." + suffix).rows == Self.rows)
    }

    @Test("may hold JSONL, and text in other encodings")
    func contents() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(CompressedBytes.gzip(Array("{\"id\":1}\n".utf8)), "users.jsonl.gz")
        #expect(
            try RowsRead(JSONLSource(SourceConfiguration(name: "shop", kind: .jsonl, path: path), model: Model()).open()).rows == [["1.0"]])
        let windows = Array("id,name\n1,Chlo".utf8) + [0xE9] + Array("\n2,Bob\n".utf8)
        #expect(try read(CompressedBytes.zstd(windows), "users.csv.zst", encoding: .windows1252).rows == Self.rows)
    }

    @Test("that are truncated are an error, however many rows came before", arguments: files)
    func truncated(_ name: String, _ bytes: [UInt8]) {
        for length in 0..<bytes.count { #expect(code(Array(bytes[..<length]), name) == .badArchive, "\(length) of \(bytes.count)") }
    }

    @Test("that are truncated deep inside are an error, not a short segment", arguments: ["gz", "zst", "zip"])
    func longTruncated(_ suffix: String) throws {
        var generator = SeededGenerator(seed: 5)
        let text = Array(("id,x\n" + (1...60_000).map { "\($0),\(UInt64.random(in: 0...UInt64.max, using: &generator))\n" }.joined()).utf8)
        let whole =
            suffix == "gz" ? CompressedBytes.gzip(text) : suffix == "zst" ? CompressedBytes.zstd(text) : CompressedBytes.zip([("a", text)])
        #expect(try read(whole, "a." + suffix).rows.count == 60_000)
        for length in [whole.count / 3, whole.count / 2, whole.count - 9, whole.count - 8, whole.count - 4, whole.count - 1] {
            #expect(code(Array(whole[..<length]), "a." + suffix) == .badArchive)
        }
    }

    // Zstandard is left out because its checksum is optional: `zstd` writes one, libarchive does not.
    @Test("that are damaged anywhere are an error or the same file", arguments: files.filter { !$0.0.hasSuffix(".zst") })
    func damaged(_ name: String, _ bytes: [UInt8]) throws {
        for place in bytes.indices {
            var bytes = bytes
            bytes[place] ^= 0x10
            // A change may hit names, times, and the like, which are not used.
            let rows = Result { try read(bytes, name).rows }
            if case .success(let rows) = rows { #expect(rows == Self.rows, "byte \(place)") }
        }
        var trailer = CompressedBytes.gzip(Self.text)
        trailer[trailer.count - 6] ^= 1
        #expect(code(trailer, "users.csv.gz") == .badArchive)
    }

    @Test("with extra bytes after their end are an error", arguments: files.prefix(2))
    func garbage(_ name: String, _ bytes: [UInt8]) {
        for rest in [[0], Array("garbage".utf8), Array(bytes.dropLast(3)), [0] + bytes.dropFirst()] as [[UInt8]] {
            #expect(code(bytes + rest, name) == .badArchive)
        }
    }

    @Test("hold one file each")
    func one() throws {
        let two = sourceError { _ = try read(CompressedBytes.zip([("a.csv", Self.text), ("b.csv", Self.text)]), "users.zip") }
        #expect(two?.code == .badArchive && two?.message.contains("2 files") == true)
        #expect(code(CompressedBytes.zip([]), "users.zip") == .badArchive)
        let workbook = sourceError { _ = try read(CompressedBytes.zip([("[Content_Types].xml", [0]), ("xl/a.xml", [0])]), "users.zip") }
        #expect(workbook?.message.contains("workbook") == true)
    }

    @Test("without content are empty files")
    func empty() {
        for (name, bytes) in [
            ("a.gz", CompressedBytes.gzip([])), ("a.zst", CompressedBytes.zstd([])), ("a.zip", CompressedBytes.zip([("a", [])])),
        ] {
            #expect(code(bytes, name) == .emptyFile, "\(name)")
        }
    }

    @Test("whose first bytes contradict their name are an error that says so", arguments: ["gz", "zst", "zip"])
    func plain(_ suffix: String) {
        #expect(code(Self.text, "users.csv." + suffix) == .badArchive)
        #expect(code([], "users.csv." + suffix) == .badArchive)
    }

    @Test("that expand without end are stopped by the record limit")
    func bomb() {
        let bomb = CompressedBytes.gzip(Array("a,b\n1,".utf8) + [UInt8](repeating: 0x78, count: 40 << 20))
        #expect(bomb.count < 1 << 17)
        #expect(code(bomb, "users.csv.gz") == .recordTooLarge)
    }

    @Test("that change while they are read are an error")
    func changed() throws {
        let folder = try TemporaryFolder()
        let text = Array(("a,b\n" + String(repeating: "1,2\n", count: 100_000)).utf8)
        let path = try folder.write(CompressedBytes.gzip(text), "users.csv.gz")
        let cursor = try CSVSource(SourceConfiguration(name: "shop", kind: .csv, path: path), model: Model(), limits: .init(block: 64))
            .open()
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.seek(toOffset: 4)
        try handle.write(contentsOf: [1, 2, 3, 4])
        #expect(sourceError { _ = try RowsRead(cursor) }?.code == .changed)
    }
}
