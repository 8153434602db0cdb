import Foundation
import HooklineCore
import Testing

@testable import HooklineSources

@Suite("Files that are not text")
struct FileSignatureTests {
    private func error(_ bytes: [UInt8], _ name: String, _ kind: SourceConfiguration.Kind = .csv) throws -> SourceError? {
        let folder = try TemporaryFolder()
        let configuration = SourceConfiguration(name: "shop", kind: kind, path: try folder.write(bytes, name))
        return sourceError { _ = try SourceFactory.source(configuration, model: Model(table: "t")).open() }
    }

    @Test(
        "are recognized by their first bytes, with advice",
        arguments: [
            (Array("SQLite format 3\0".utf8), "users.csv", "type: sqlite"), (Array("PAR1".utf8) + [21, 4], "users.csv", "Parquet"),
            ([0x50, 0x4B, 3, 4, 20, 0] + Array("[Content_Types].xml".utf8), "users.csv", "workbook"),
            ([0x50, 0x4B, 3, 4, 20, 0], "users.xlsx", "workbook"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "users.csv", "workbook"),
            (CompressedBytes.gzip([0x61]), "users.csv", ".gz"), (CompressedBytes.zstd([0x61]), "users.csv", ".zst"),
            (CompressedBytes.zip([("users.csv", [0x61])]), "users.csv", ".zip"), (Array("BZh91AY&SY".utf8), "users.csv.bz2", "bzip2"),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "users.csv.xz", "xz"), (Array("%PDF-1.7".utf8), "users.csv", "PDF"),
            (Array("Obj\u{1}".utf8), "users.avro", "Avro"),
        ] as [([UInt8], String, String)], [SourceConfiguration.Kind.csv, .jsonl])
    func known(_ file: ([UInt8], String, String), _ kind: SourceConfiguration.Kind) throws {
        let found = try #require(try error(file.0 + [0, 1, 2], file.1, kind))
        #expect(found.code == .wrongFormat)
        #expect(found.message.contains(file.2), "\(found)")
    }

    @Test("are recognized when compressed, too")
    func inside() throws {
        #expect(try error(CompressedBytes.gzip(Array("SQLite format 3\0".utf8)), "users.db.gz")?.code == .wrongFormat)
        #expect(try error(CompressedBytes.gzip(CompressedBytes.gzip([0x61])), "users.csv.gz")?.code == .wrongFormat)
    }

    @Test("are not confused with text that starts like them")
    func text() throws {
        #expect(try error(Array("PK,id\n1,2\n".utf8), "users.csv") == nil)
        #expect(try error(Array("ORDER,id\n1,2\n".utf8), "users.csv") == nil)
    }

    @Test("are named in the error if they should be databases")
    func database() throws {
        let found = try #require(try error(CompressedBytes.gzip([UInt8](repeating: 0x61, count: 100)), "users.db", .sqlite))
        #expect(found.code == .notADatabase && found.message.contains("gzip"))
    }
}
