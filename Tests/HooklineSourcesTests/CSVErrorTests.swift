import CodedErrors
import HooklineCore
import Testing

@testable import HooklineSources

@Suite("Broken CSV")
struct CSVErrorTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        let bytes: [UInt8]
        let code: SourceError.Code
        let line: Int?

        init(_ name: String, _ text: String, _ code: SourceError.Code, line: Int?) {
            self.init(name, Array(text.utf8), code, line: line)
        }

        init(_ name: String, _ bytes: [UInt8], _ code: SourceError.Code, line: Int?) {
            (testDescription, self.bytes, self.code, self.line) = (name, bytes, code, line)
        }
    }

    @Test(
        "a plainly wrong delimiter is an error for a model that takes every column, too",
        arguments: [("id;email;country", ";"), ("id\temail", "tab"), ("id|email|at", "|"), ("id ; email", ";")])
    func delimiters(_ header: String, _ meant: String) {
        let model = Model(primaryKey: "id", columns: [Model.TypedColumn("id", .integer)])
        let error = #expect(throws: SourceError.self) { try RowsRead.csv("\(header)\n".utf8, model) }
        #expect(error?.code == .badDelimiter && error?.message.contains(meant) == true, "\(String(describing: error))")
    }

    static let examples = [
        Example("too few fields", "a,b\n1,2\n3\n", .raggedRow, line: 3),
        Example("too many fields", "a,b\n1,2\n3,4,5\n", .raggedRow, line: 3),
        Example("too many fields after a field of three lines", "a,b\n\"1\n1\n1\",2\n3,4,5\n", .raggedRow, line: 5),
        Example("a quoted empty field is not an empty line", "a,b\n\"\"\n", .raggedRow, line: 2),
        Example("a line of spaces is not an empty line", "a,b\n  \n", .raggedRow, line: 2),
        Example("a quote inside an unquoted field", "a,b\n1,2\n3,4\"5\"\n", .badQuoting, line: 3),
        Example("a space before an opening quote", "a,b\n1, \"2\"\n", .badQuoting, line: 2),
        Example("text after a closing quote", "a,b\n\"1\"x,2\n", .badQuoting, line: 2),
        Example("a space after a closing quote", "a,b\n\"1\" ,2\n", .badQuoting, line: 2),
        Example("text after a closing quote on its second line", "a,b\n\"1\n1\"x,2\n", .badQuoting, line: 3),
        Example("a quote that is never closed", "a,b\n1,2\n\"3\n3\",\"4\n5\n6,7\n", .badQuoting, line: 4),
        Example("a quote that opens at the end of the file", "a,b\n1,\"", .badQuoting, line: 2),
        Example("a quote that is never closed in the header", "a,\"b\n1,2\n", .badQuoting, line: 1),
        Example("a carriage return alone", "a,b\n1\r2,3\n", .badLineEnding, line: 2),
        Example("a NUL byte", "a,b\n1,\u{0}2\n", .badEncoding, line: 2),
        Example("a NUL byte between quotes", "a,b\n1,\"2\n\u{0}\"\n", .badEncoding, line: 3),
        Example("Latin-1", Array("a,b\n1,Chlo".utf8) + [0xE9] + Array("\n".utf8), .badEncoding, line: 2),
        Example("Latin-1 between quotes", Array("a,b\n1,\"x\nChlo".utf8) + [0xE9] + Array("\"\n".utf8), .badEncoding, line: 3),
        Example("Latin-1 in the header", [0xE9] + Array(",b\n".utf8), .badEncoding, line: 1),
        Example("a surrogate in UTF-8", Array("a,b\n1,".utf8) + [0xED, 0xA0, 0x80], .badEncoding, line: 2),
        Example("a truncated character", Array("a,b\n1,".utf8) + [0xF0, 0x9F, 0x99], .badEncoding, line: 2),
        Example("UTF-16, little-endian", [0xFF, 0xFE, 0x61, 0, 0x2C, 0], .badEncoding, line: 1),
        Example("UTF-16, big-endian", [0xFE, 0xFF, 0, 0x61, 0, 0x2C], .badEncoding, line: 1),
        Example("UTF-16 without a byte order mark", [0x61, 0, 0x2C, 0, 0x62, 0], .badEncoding, line: 1),
        Example("an empty file", "", .emptyFile, line: nil),
        Example("a byte order mark alone", "\u{FEFF}", .emptyFile, line: nil),
        Example("an empty first line", "\na,b\n", .badHeader, line: 1),
        Example("a name that is missing", "a,,c\n1,2,3\n", .badHeader, line: 1),
        Example("a name of spaces", "a,\" \",c\n1,2,3\n", .badHeader, line: 1),
        Example("a duplicate name", "a,b, a\n1,2,3\n", .badHeader, line: 1),
    ]

    @Test("is an error with its line", arguments: examples)
    func example(_ example: Example) throws {
        let error = try #require(sourceError { _ = try RowsRead.csv(example.bytes) })
        #expect(error.code == example.code)
        #expect(error.location.line == example.line)
    }

    @Test("is the same error when read byte by byte", arguments: examples)
    func byteByByte(_ example: Example) throws {
        let whole = try #require(sourceError { _ = try RowsRead.csv(example.bytes) })
        let pieces = try #require(sourceError { _ = try RowsRead.csv(example.bytes, limits: .init(block: 1)) })
        #expect(pieces.code == whole.code)
        #expect(pieces.message == whole.message)
        #expect(pieces.location.line == whole.location.line)
    }

    @Test("a ragged row is an error with the expected and actual number of fields")
    func ragged() throws {
        let error = try #require(sourceError { _ = try RowsRead.csv("a,b,c\n1,2\n") })
        #expect(error.message.hasPrefix("the record has 2 fields, but the header has 3"))
        #expect(error.description.hasSuffix("[sources.ragged_row]"))
    }

    @Test("a first line with personal data is not quoted in the message")
    func privacy() throws {
        for line in ["17,ann@example.com,ann@example.com\n", "17,Ann,Ann\n"] {
            let error = try #require(sourceError { _ = try RowsRead.csv(line) })
            #expect(error.code == .badHeader)
            #expect(!error.description.lowercased().contains("ann"))
        }
    }

    @Test("a record beyond the limit is an error at the line where it begins")
    func tooLarge() throws {
        let text = "a,b\n1,2\n3,\"" + String(repeating: "x\n", count: 200) + "\"\n"
        for block in [1, 7, 4_096] {
            let error = sourceError { _ = try RowsRead.csv(text.utf8, limits: .init(block: block, record: 100)) }
            #expect(error?.code == .recordTooLarge)
            #expect(error?.location.line == 3)
        }
    }

    @Test("a record of exactly the limit is read")
    func justLargeEnough() throws {
        let record = "1," + String(repeating: "x", count: 97) + "\n"
        for block in [1, 4_096] {
            #expect(try RowsRead.csv("a,b\n\(record)\(record)".utf8, limits: .init(block: block, record: 100)).rows.count == 2)
        }
    }

    @Test("bytes that cannot separate fields are rejected as delimiters", arguments: [0, 0x0A, 0x0D, 0x22, 0xC3] as [UInt8])
    func delimiters(_ delimiter: UInt8) {
        #expect(sourceError { _ = try RowsRead.csv("a,b\n", delimiter: delimiter) }?.code == .badDelimiter)
    }

    @Test("after an error, the source never appears to have ended")
    func errorsStay() throws {
        let file = try TemporaryFile("a,b\n1,2\n3\n4,5\n")
        let cursor = try CSVSource(SourceConfiguration(name: "shop", kind: .csv, path: file.path), model: Model()).open()
        var batch = RecordBatch(columns: cursor.columns)
        #expect(try cursor.read(into: &batch, limit: 1))
        for _ in 0..<3 {
            #expect(sourceError { _ = try cursor.read(into: &batch, limit: 1) }?.code == .raggedRow)
            #expect(batch.count == 0)
        }
    }
}
