import HooklineCore
import Testing

@testable import HooklineSources

@Suite("CSV by RFC 4180")
struct CSVFormatTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        let text: String
        let rows: [[String?]]
    }

    static let examples = [
        Example(testDescription: "lines end with LF", text: "a,b\n1,2\n3,4\n", rows: [["1", "2"], ["3", "4"]]),
        Example(testDescription: "lines end with CRLF", text: "a,b\r\n1,2\r\n3,4\r\n", rows: [["1", "2"], ["3", "4"]]),
        Example(testDescription: "lines end with CR when the header does", text: "a,b\r1,2\r3,4\r", rows: [["1", "2"], ["3", "4"]]),
        Example(testDescription: "both line breaks in one file", text: "a,b\n1,2\r\n3,4\n", rows: [["1", "2"], ["3", "4"]]),
        Example(testDescription: "the last line may end with the file", text: "a,b\n1,2", rows: [["1", "2"]]),
        Example(testDescription: "the last line may end with half a CRLF", text: "a,b\r\n1,2\r", rows: [["1", "2"]]),
        Example(testDescription: "a header alone is a file without rows", text: "a,b\n", rows: []),
        Example(testDescription: "so is a header without a line break", text: "a,b", rows: []),
        Example(testDescription: "quotes are removed", text: "a,b\n\"1\",\"2\"\n", rows: [["1", "2"]]),
        Example(testDescription: "a doubled quote is one quote", text: "a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", rows: [["say \"hi\"", "\""]]),
        Example(testDescription: "a delimiter in quotes is text", text: "a,b\n\"1,5\",2\n", rows: [["1,5", "2"]]),
        Example(testDescription: "a line break in quotes is text", text: "a,b\n\"1\r\n\n5\",2\n", rows: [["1\r\n\n5", "2"]]),
        Example(testDescription: "an unquoted empty field is NULL", text: "a,b\n,\n", rows: [[nil, nil]]),
        Example(testDescription: "a quoted empty field is NULL, too", text: "a,b\n\"\",x\n", rows: [[nil, "x"]]),
        Example(testDescription: "the last field of the file may be empty", text: "a,b\n1,", rows: [["1", nil]]),
        Example(testDescription: "spaces around text are left out", text: "a,b\n 1 ,\" 2 3\t\"\n", rows: [["1", "2 3"]]),
        Example(testDescription: "empty lines are not rows", text: "a,b\n\n1,2\n\r\n\n3,4\n\n", rows: [["1", "2"], ["3", "4"]]),
        Example(testDescription: "in a file of one column an empty line is a row", text: "a\nx\n\ny\n", rows: [["x"], [nil], ["y"]]),
        Example(testDescription: "a byte order mark is not part of the first name", text: "\u{FEFF}a,b\n1,2\n", rows: [["1", "2"]]),
        Example(testDescription: "a byte order mark before a quoted name", text: "\u{FEFF}\"a\",b\n1,2\n", rows: [["1", "2"]]),
        Example(testDescription: "letters beyond ASCII", text: "a,b\nChloé,日本🙂\n", rows: [["Chloé", "日本🙂"]]),
        Example(testDescription: "apostrophes and backslashes have no meaning", text: "a,b\nO'Hara,C:\\x\n", rows: [["O'Hara", "C:\\x"]]),
    ]

    @Test("edge cases of the format", arguments: examples)
    func example(_ example: Example) throws {
        #expect(try RowsRead.csv(example.text).rows == example.rows)
    }

    @Test("edge cases of the format, byte by byte", arguments: examples)
    func byteByByte(_ example: Example) throws {
        #expect(try RowsRead.csv(example.text.utf8, limits: .init(block: 1)).rows == example.rows)
    }

    @Test("the source sets the delimiter", arguments: [";", "\t", "|"] as [Character])
    func delimiter(_ delimiter: Character) throws {
        let mark = try #require(delimiter.asciiValue)
        let read = try RowsRead.csv("a\(delimiter)b\n1,5\(delimiter)\"x\(delimiter)y\"\n", delimiter: mark)
        #expect(read.columns.map(\.name) == ["a", "b"])
        #expect(read.rows == [["1,5", "x\(delimiter)y"]])
    }

    @Test("row numbers count records, not empty lines")
    func numbers() throws {
        let read = try RowsRead.csv("a,b\n1,2\n\n\"3\n3\",4\n5,6\n")
        #expect(read.numbers == [1, 2, 3])
        #expect(read.rowsRead == 3)
    }

    @Test("header names are trimmed, and keep inner spaces")
    func headerNames() throws {
        let read = try RowsRead.csv(" id ,\" e mail\t\",\"say \"\"x\"\"\"\n1,2,3\n")
        #expect(read.columns.map(\.name) == ["id", "e mail", "say \"x\""])
    }

    @Test("undeclared columns are text of unknown type")
    func types() throws {
        let read = try RowsRead.csv("id,email\n1,a\n", Model(columns: [.init("id", .integer)]))
        #expect(read.columns == [Column("id", .integer), Column("email", .text, origin: .unknown)])
    }

    @Test("a field of four million bytes is read whole")
    func bigField() throws {
        let text = String(repeating: "x\"\"\n,é", count: 500_000)
        let read = try RowsRead.csv("a,b\n\"\(text)\",2\n3,4\n".utf8, limits: .init(block: 1_000))
        #expect(read.rows.count == 2)
        #expect(read.rows[0][0]?.utf8.count == 3_000_000)
        #expect(read.rows[1] == ["3", "4"])
    }

    @Test("opening gives the columns without reading a row")
    func opening() throws {
        let file = try TemporaryFile("id,email\n1,\"never closed\n")
        let columns = try SourceFactory.columns(SourceConfiguration(name: "shop", kind: .csv, path: file.path), model: Model())
        #expect(columns.map(\.name) == ["id", "email"])
    }
}
