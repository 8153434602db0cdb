import HooklineCore
import Testing

@testable import HooklineSources

@Suite("CSV dialects")
struct CSVDialectTests {
    private func read(_ text: String, _ model: Model = Model(), block: Int = 1 << 18, _ change: (inout SourceConfiguration) -> Void) throws
        -> RowsRead
    {
        let file = try TemporaryFile(text)
        var configuration = SourceConfiguration(name: "shop", kind: .csv, path: file.path)
        change(&configuration)
        return try RowsRead(CSVSource(configuration, model: model, limits: .init(block: block)).open())
    }

    private func model(using used: Set<String>) -> Model {
        var model = Model()
        model.used = used
        return model
    }

    @Test(
        "the delimiter is any ASCII character without a special meaning", arguments: Array("|:~^;\t _#a").compactMap(\.asciiValue))
    func delimiters(_ delimiter: UInt8) throws {
        let mark = String(UnicodeScalar(delimiter))
        let read = try read("X\(mark)\"Y \(mark)\"\n1\(mark)\"2,\(mark)3\"\n") { $0.delimiter = delimiter }
        #expect(read.columns.map(\.name) == ["X", delimiter == 0x20 || delimiter == 0x09 ? "Y" : "Y \(mark)"])
        #expect(read.rows == [["1", "2,\(mark)3"]])
    }

    @Test("a backslash escapes a quote or a backslash inside quotes if the source says so", arguments: [1, 2, 3, 1 << 18])
    func backslash(_ block: Int) throws {
        let text = "a,b\n1,\"C:\\\"\n"
        let rows =
            #"a,b"# + "\n" + #""say \"hi\"","C:\\x""# + "\n" + #""a""b","\,""# + "\n" + #"c\,"\"""# + "\n" + #""x"# + "\n" + #"\\","""#
            + "\n"
        let read = try read(rows, block: block) { $0.file.escape = .backslash }
        #expect(read.rows == [["say \"hi\"", "C:\\x"], ["a\"b", "\\,"], ["c\\", "\""], ["x\n\\", nil]])
        let unclosed = sourceError { _ = try self.read(text, block: block) { $0.file.escape = .backslash } }
        #expect(unclosed?.code == .badQuoting && unclosed?.location.line == 2)
    }

    @Test("without that, the error for a file with backslashes says what to set")
    func backslashAdvice() {
        let error = sourceError { _ = try read("a,b\n\"say \\\"hi\\\"\",2\n") { _ in } }
        #expect(error?.code == .badQuoting && error?.message.contains("escape: backslash") == true)
        #expect(
            sourceError { _ = try read("a\\b\n") { ($0.delimiter, $0.file.escape) = (UInt8(ascii: "\\"), .backslash) } }?.code
                == .badDelimiter)
    }

    @Test("lines before the header are skipped, whatever ends them", arguments: ["\n", "\r\n", "\r"])
    func skippedLines(_ end: String) throws {
        let text = ["Report of today", "\"unclosed, 12", "a,b", "1,2", "3"].joined(separator: end)
        for block in [1, 3, 1 << 18] {
            let error = try #require(sourceError { _ = try read(text, block: block) { $0.file.skippedLines = 2 } })
            #expect(error.code == .raggedRow && error.location.line == 5)
            #expect(try read(String(text.dropLast(2 + end.count - 1)), block: block) { $0.file.skippedLines = 2 }.rows == [["1", "2"]])
        }
    }

    @Test("skipping more lines than the file has is an error")
    func tooFewLines() {
        for text in ["", "a,b", "a,b\n", "a\nb"] {
            #expect(sourceError { _ = try read(text) { $0.file.skippedLines = 2 } }?.code == .emptyFile)
        }
    }

    @Test("lines before the first object are skipped, too")
    func skippedObjects() throws {
        let file = try TemporaryFile("# exported\n\n{\"a\":\"x\"}\nbroken\n")
        var configuration = SourceConfiguration(name: "shop", kind: .jsonl, path: file.path)
        configuration.file.skippedLines = 1
        let cursor = try JSONLSource(configuration, model: Model()).open()
        var batch = RecordBatch(columns: cursor.columns)
        #expect(try cursor.read(into: &batch, limit: 1))
        #expect(sourceError { _ = try cursor.read(into: &batch, limit: 1) }?.location.line == 4)
    }

    @Test(
        "Excel's sep= line is skipped, and its delimiter is used",
        arguments: [
            ("sep=;\r\nemail;country\r\n", ";"), ("SEP=|\nemail|country\n", "|"), ("\"sep=;\"\nemail;country\n", ";"),
            ("sep=\t\nemail\tcountry\n", "\t"), ("sep=\\t\nemail\tcountry\n", "\t"), ("sep=\r\nemail,country\r\n", ","),
            ("sep=,\nemail,country\n", ","), ("\u{FEFF}sep=;\remail;country\r", ";"),
        ])
    func separatorLine(_ head: String, _ delimiter: String) throws {
        for block in [1, 1 << 18] {
            let text = head + "a@example.com\(delimiter)FR" + (head.hasSuffix("\r") ? "\r" : "\n")
            let read = try read(text, block: block) { _ in }
            #expect(read.columns.map(\.name) == ["email", "country"])
            #expect(read.rows == [["a@example.com", "FR"]])
        }
        #expect(sourceError { _ = try read(head + "1") { _ in } }?.location.line == 3)
    }

    @Test("the source's delimiter wins over the one in the sep= line")
    func namedDelimiter() throws {
        #expect(try read("sep=,\na;b\n1,5;2\n") { $0.delimiter = UInt8(ascii: ";") }.rows == [["1,5", "2"]])
    }

    @Test("a first line that only starts like a sep= line is a header")
    func noSeparatorLine() throws {
        #expect(try read("sep=;x,b\n1,2\n") { _ in }.columns.map(\.name) == ["sep=;x", "b"])
        #expect(try read("separator,b\n1,2\n") { _ in }.columns.map(\.name) == ["separator", "b"])
    }

    @Test("a plainly wrong delimiter is an error that names the right one", arguments: [(";", "\";\""), ("\t", "tab"), ("|", "\"|\"")])
    func guess(_ mark: String, _ spelling: String) {
        for head in ["email\(mark)country", "\"email\"\(mark)\"country\"", "email\(mark)\"country\"\(mark)a,b"] {
            let error = sourceError { _ = try read(head + "\na\(mark)FR\n", model(using: ["email", "country"])) { _ in } }
            // A quoted header is already invalid CSV under another delimiter.
            #expect(error?.code == .badDelimiter || error?.code == .badQuoting)
            if error?.code == .badDelimiter { #expect(error?.message.contains("delimiter: \(spelling)") == true) }
        }
        let comma = sourceError {
            _ = try read("email,country\na,FR\n", model(using: ["email"])) { $0.delimiter = mark.utf8.first ?? 0 }
        }
        #expect(comma?.code == .badDelimiter && comma?.message.contains("delimiter: \",\"") == true)
    }
}
