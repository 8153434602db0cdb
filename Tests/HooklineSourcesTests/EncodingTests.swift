import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("Encodings")
struct EncodingTests {
    private func read(_ bytes: [UInt8], _ encoding: FileFormat.Encoding, _ kind: SourceConfiguration.Kind = .csv, block: Int = 1 << 18)
        throws
        -> RowsRead
    {
        let file = try TemporaryFile(bytes)
        var configuration = SourceConfiguration(name: "shop", kind: kind, path: file.path)
        configuration.file.encoding = encoding
        let limits = FileWindow.Limits(block: block)
        return try RowsRead(
            kind == .csv
                ? CSVSource(configuration, model: Model(), limits: limits).open()
                : JSONLSource(configuration, model: Model(), limits: limits).open())
    }

    private static func utf16(_ text: String, isBigEndian: Bool, hasMark: Bool = true) -> [UInt8] {
        ((hasMark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
            isBigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
    }

    private static let text = "id,name\n1,Chloé\n2,\"日本\n🙂\"\n"
    private static let rows: [[String?]] = [["1", "Chloé"], ["2", "日本\n🙂"]]

    @Test("UTF-16 is read in either byte order, with and without a mark", arguments: [1, 2, 3, 7, 1 << 18])
    func utf16(_ block: Int) throws {
        for bytes in [
            Self.utf16(Self.text, isBigEndian: false), Self.utf16(Self.text, isBigEndian: true),
            Self.utf16(Self.text, isBigEndian: false, hasMark: false), Self.utf16(Self.text, isBigEndian: true, hasMark: false),
        ] { #expect(try read(bytes, .utf16, block: block).rows == Self.rows) }
        let json = Self.utf16("{\"name\":\"Chloé🙂\"}\n", isBigEndian: true)
        #expect(try read(json, .utf16, .jsonl, block: block).rows == [["Chloé🙂"]])
        #expect(try read(Array(json.dropFirst(2)), .utf16, .jsonl, block: block).rows == [["Chloé🙂"]])
    }

    @Test("UTF-16 without a mark is read in the order that its NULs show, even among characters that have them elsewhere")
    func byteOrder() throws {
        // Ideographic spaces and capital A with macron have a NUL as their other byte.
        let text = "id,name\n1,東京\u{3000}Ā\n2,大阪\n"
        for isBigEndian in [true, false] {
            #expect(
                try read(Self.utf16(text, isBigEndian: isBigEndian, hasMark: false), .utf16).rows == [["1", "東京\u{3000}Ā"], ["2", "大阪"]])
        }
    }

    @Test("UTF-16 whose byte order cannot be told is an error without any of its text", arguments: [SourceConfiguration.Kind.csv, .jsonl])
    func unknownOrder(_ kind: SourceConfiguration.Kind) throws {
        let bytes = Self.utf16("a,ĀĀ\u{3000}\u{3000}", isBigEndian: true, hasMark: false)
        let error = try #require(sourceError { _ = try read(bytes, .utf16, kind) })
        #expect(error.code == .badEncoding)
        #expect(!error.message.contains("Ā") && !error.message.contains("a,"))
    }

    @Test("windows-1252 has quotes and the euro where latin-1 has control characters")
    func singleBytes() throws {
        let bytes = Array("a,b\n".utf8) + [0x80, 0x2C, 0x93, 0xE9, 0x94, 0x0A]
        #expect(try read(bytes, .windows1252).rows == [["€", "“é”"]])
        #expect(sourceError { _ = try read(bytes, .latin1) }?.code == .badEncoding)
        let latin1 = Array("a,b\n".utf8) + [0xE9, 0x2C, 0xFF, 0x0A]
        for encoding in [FileFormat.Encoding.windows1252, .latin1] {
            for block in [1, 2, 1 << 18] { #expect(try read(latin1, encoding, block: block).rows == [["é", "ÿ"]]) }
        }
    }

    @Test("in both, every byte from 0xA0 on is the Unicode character with its number")
    func upperHalf() throws {
        for byte in UInt8(0xA1)...0xFF {
            let expected = String(Unicode.Scalar(byte))
            for encoding in [FileFormat.Encoding.windows1252, .latin1] {
                #expect(try read(Array("a\nx".utf8) + [byte, 0x78, 0x0A], encoding).rows == [["x\(expected)x"]])
            }
        }
    }

    @Test("an undefined byte is an error with its line", arguments: [FileFormat.Encoding.utf8, .windows1252, .latin1, .utf16])
    func meaningless(_ encoding: FileFormat.Encoding) throws {
        let bytes: [UInt8] =
            encoding == .utf16
            ? Self.utf16("a,b\n1,2\n3,", isBigEndian: false) + [0x3D, 0xD8, 0x0A, 0x00] : Array("a,b\n1,2\n3,".utf8) + [0x81, 0x0A]
        for block in [1, 1 << 18] {
            let error = try #require(sourceError { _ = try read(bytes, encoding, block: block) })
            #expect(error.code == .badEncoding)
            #expect(error.location.line == 3)
        }
    }

    @Test("a file cut off in the middle of a character is an error")
    func half() {
        let bytes = Self.utf16("a,b\n1,2", isBigEndian: false)
        for cut in [bytes.dropLast(), bytes + [0x3D, 0xD8]] as [[UInt8]] {
            #expect(sourceError { _ = try read(Array(cut), .utf16) }?.code == .badEncoding)
        }
    }

    @Test("first bytes that contradict the source's encoding are an error that says so")
    func contradictions() {
        func message(_ bytes: [UInt8], _ encoding: FileFormat.Encoding) -> String? {
            let error = sourceError { _ = try read(bytes, encoding) }
            return error?.code == .badEncoding ? error?.message : nil
        }
        let wide = Self.utf16(Self.text, isBigEndian: false)
        for encoding in [FileFormat.Encoding.utf8, .windows1252, .latin1] {
            #expect(message(wide, encoding)?.contains("encoding: utf-16") == true)
            #expect(message(Array(wide.dropFirst(2)), encoding)?.contains("encoding: utf-16") == true)
        }
        for encoding in [FileFormat.Encoding.utf16, .windows1252, .latin1] {
            #expect(message([0xEF, 0xBB, 0xBF] + Array(Self.text.utf8), encoding)?.contains("leave `encoding`") == true)
        }
        #expect(message(Array(Self.text.utf8), .utf16)?.contains("not UTF-16") == true)
        #expect(message([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], .utf8)?.contains("UTF-32") == true)
        #expect(message(Array("a,b\n1,Chlo".utf8) + [0xE9, 0x0A], .utf8)?.contains("encoding: windows-1252") == true)
        #expect(message(Array("a,b\n1,".utf8) + [0x80, 0x0A], .latin1)?.contains("windows-1252") == true)
    }

    @Test("any text is read back, whatever the block size", arguments: 0..<8 as Range<UInt64>)
    func roundTrip(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let table = RandomTable(&generator, columns: 3)
        let text = String(decoding: table.csv(&generator, delimiter: ","), as: UTF8.self)
        let bytes = Self.utf16(text, isBigEndian: Bool.random(using: &generator), hasMark: !text.hasPrefix("\u{FEFF}"))
        for block in [1, 2, 3, 5, 64, 1 << 18] { #expect(try read(bytes, .utf16, block: block).rows == table.expected) }
    }
}
