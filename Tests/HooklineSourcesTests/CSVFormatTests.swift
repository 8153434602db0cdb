import HooklineCore
import Testing

@testable import HooklineSources

@Suite("CSV after RFC 4180")
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
        Example(testDescription: "both line ends in one file", text: "a,b\n1,2\r\n3,4\n", rows: [["1", "2"], ["3", "4"]]),
        Example(testDescription: "the last line may end with the file", text: "a,b\n1,2", rows: [["1", "2"]]),
        Example(testDescription: "the last line may end in half a CRLF", text: "a,b\r\n1,2\r", rows: [["1", "2"]]),
        Example(testDescription: "a header alone is a file without rows", text: "a,b\n", rows: []),
        Example(testDescription: "a header without a line end, too", text: "a,b", rows: []),
        Example(testDescription: "quotes go away", text: "a,b\n\"1\",\"2\"\n", rows: [["1", "2"]]),
        Example(testDescription: "a doubled quote is one", text: "a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", rows: [["say \"hi\"", "\""]]),
        Example(testDescription: "a delimiter between quotes is text", text: "a,b\n\"1,5\",2\n", rows: [["1,5", "2"]]),
        Example(testDescription: "a line end between quotes is text", text: "a,b\n\"1\r\n\n5\",2\n", rows: [["1\r\n\n5", "2"]]),
        Example(testDescription: "an unquoted empty field is NULL", text: "a,b\n,\n", rows: [[nil, nil]]),
        Example(testDescription: "a quoted empty field is NULL, too", text: "a,b\n\"\",x\n", rows: [[nil, "x"]]),
        Example(testDescription: "the last field of the file may be empty", text: "a,b\n1,", rows: [["1", nil]]),
        Example(testDescription: "spaces around text are left out", text: "a,b\n 1 ,\" 2 3\t\"\n", rows: [["1", "2 3"]]),
        Example(testDescription: "empty lines are no rows", text: "a,b\n\n1,2\n\r\n\n3,4\n\n", rows: [["1", "2"], ["3", "4"]]),
        Example(testDescription: "in a file of one column an empty line is a row", text: "a\nx\n\ny\n", rows: [["x"], [nil], ["y"]]),
        Example(testDescription: "a byte order mark is no part of the first name", text: "\u{FEFF}a,b\n1,2\n", rows: [["1", "2"]]),
        Example(testDescription: "a byte order mark before a quoted name", text: "\u{FEFF}\"a\",b\n1,2\n", rows: [["1", "2"]]),
        Example(testDescription: "letters beyond ASCII", text: "a,b\nChloé,日本🙂\n", rows: [["Chloé", "日本🙂"]]),
        Example(testDescription: "an apostrophe and a backslash mean nothing", text: "a,b\nO'Hara,C:\\x\n", rows: [["O'Hara", "C:\\x"]]),
    ]

    @Test("the edges of the format", arguments: examples)
    func example(_ example: Example) throws {
        #expect(try RowsRead.csv(example.text).rows == example.rows)
    }

    @Test("the edges of the format, a byte at a time", arguments: examples)
    func byteByByte(_ example: Example) throws {
        #expect(try RowsRead.csv(example.text.utf8, limits: .init(block: 1)).rows == example.rows)
    }

    @Test("the delimiter is one of the source's choice", arguments: [";", "\t", "|"] as [Character])
    func delimiter(_ delimiter: Character) throws {
        let mark = try #require(delimiter.asciiValue)
        let read = try RowsRead.csv("a\(delimiter)b\n1,5\(delimiter)\"x\(delimiter)y\"\n", delimiter: mark)
        #expect(read.columns.map(\.name) == ["a", "b"])
        #expect(read.rows == [["1,5", "x\(delimiter)y"]])
    }

    @Test("rows have the numbers of their records, empty lines left out")
    func numbers() throws {
        let read = try RowsRead.csv("a,b\n1,2\n\n\"3\n3\",4\n5,6\n")
        #expect(read.numbers == [1, 2, 3])
        #expect(read.rowsRead == 3)
    }

    @Test("names in the header lose the spaces around them and keep those inside")
    func headerNames() throws {
        let read = try RowsRead.csv(" id ,\" e mail\t\",\"say \"\"x\"\"\"\n1,2,3\n")
        #expect(read.columns.map(\.name) == ["id", "e mail", "say \"x\""])
    }

    @Test("undeclared columns are text of which nobody knows the type")
    func types() throws {
        let read = try RowsRead.csv("id,email\n1,a\n", Model(columns: [.init("id", .integer)]))
        #expect(read.columns == [Column("id", .integer), Column("email", .text, origin: .unknown)])
    }

    @Test("a field of four million bytes arrives whole")
    func bigField() throws {
        let text = String(repeating: "x\"\"\n,é", count: 500_000)
        let read = try RowsRead.csv("a,b\n\"\(text)\",2\n3,4\n".utf8, limits: .init(block: 1_000))
        #expect(read.rows.count == 2)
        #expect(read.rows[0][0]?.utf8.count == 3_000_000)
        #expect(read.rows[1] == ["3", "4"])
    }

    @Test("opening hands over the columns and reads no row")
    func opening() throws {
        let file = try TemporaryFile("id,email\n1,\"never closed\n")
        let columns = try SourceFactory.columns(SourceConfiguration(name: "shop", kind: .csv, path: file.path), model: Model())
        #expect(columns.map(\.name) == ["id", "email"])
    }
}
