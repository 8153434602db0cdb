import HooklineCore
import Testing

@testable import HooklineSources

@Suite("JSONL")
struct JSONLTests {
    @Test("without declared columns, the first objects give names and types")
    func inferred() throws {
        let read = try RowsRead.jsonl(
            """
            {"id":7,"email":"ann@example.com","score":1.5,"active":true,"tags":["a", "b"],"address":{"city":"Lyon"},"note":null}
            {"id":8,"email":"bob@example.com","score":2,"active":false,"tags":[],"address":{},"note":"x"}
            """, Model(primaryKey: "id"))
        #expect(
            read.columns == [
                Column("id", .integer, origin: .observed), Column("email", .text, origin: .observed),
                Column("score", .number, origin: .observed), Column("active", .boolean, origin: .observed),
                Column("tags", .json, origin: .observed), Column("address", .json, origin: .observed),
                Column("note", .text, origin: .observed),
            ])
        #expect(read.rows[0] == ["7", "ann@example.com", "1.5", "1", "[\"a\", \"b\"]", "{\"city\":\"Lyon\"}", nil])
        #expect(read.rows[1] == ["8", "bob@example.com", "2.0", "0", "[]", "{}", "x"])
        #expect(read.numbers == [1, 2])
    }

    @Test("declared columns come first, and may be dotted paths into nested objects")
    func paths() throws {
        let model = Model(columns: [.init("address.country", .text), .init("address.geo.lat", .number), .init("email", .text)])
        let read = try RowsRead.jsonl(
            """
            {"email":"a","id":1,"address":{"geo":{"lat":1.5,"lon":2},"street":"x","country":"FR"}}
            {"address":{"country":"BE","geo":null},"email":"b"}
            {"email":"c","address":null}
            {"email":"d","address":""}
            """, model)
        #expect(read.columns.map(\.name) == ["address.country", "address.geo.lat", "email", "id", "address"])
        #expect(read.rows.map { $0[0] } == ["FR", "BE", nil, nil])
        #expect(read.rows.map { $0[1] } == ["1.5", nil, nil, nil])
        #expect(read.rows.map { $0[2] } == ["a", "b", "c", "d"])
    }

    @Test("a top-level key with a dot also gives the column of that name")
    func dottedKey() throws {
        let model = Model(columns: [.init("address.country", .text)])
        #expect(try RowsRead.jsonl("{\"address.country\":\"FR\"}\n", model).rows == [["FR"]])
        #expect(try RowsRead.jsonl("{\"a.b\":\"x\"}\n").rows == [["x"]])
    }

    @Test("a path and an object on its way may both be columns")
    func pathAndObject() throws {
        let model = Model(columns: [.init("a", .json), .init("a.b", .integer), .init("a.b.c", .integer)])
        let read = try RowsRead.jsonl(
            "{\"a\":{\"b\":1}}\n{\"a\": {\"b\": {\"c\": 2}} }\n", Model(columns: model.columns, onBadValue: .null))
        #expect(read.rows == [["{\"b\":1}", "1", RowsRead.unknown], ["{\"b\": {\"c\": 2}}", RowsRead.unknown, "2"]])
    }

    @Test("missing keys and null are NULL, and keys that appear later are columns, too")
    func missing() throws {
        let read = try RowsRead.jsonl("{\"a\":\"1\",\"b\":\"2\"}\n{\"b\":null,\"c\":{\"a\":1}}\n{}\n")
        #expect(read.rows == [["1", "2", nil], [nil, nil, "{\"a\":1}"], [nil, nil, nil]])
    }

    @Test("of duplicate keys, the last counts, with everything in it")
    func duplicates() throws {
        let model = Model(columns: [.init("a.b", .integer), .init("a.c", .integer)])
        let read = try RowsRead.jsonl("{\"x\":1,\"x\":2,\"a\":{\"b\":1,\"c\":2},\"a\":{\"c\":3}}\n{\"a\":{\"b\":4}}", model)
        #expect(read.rows == [[nil, "3", "2.0", "{\"c\":3}"], ["4", nil, nil, "{\"b\":4}"]])
    }

    @Test("keys may have escapes and any order")
    func keys() throws {
        let read = try RowsRead.jsonl("{\"na\\u006de\":\"a\",\"\\ud83d\\ude42\":\"b\"}\n{\"🙂\":\"d\",\"name\":\"c\"}\n")
        #expect(read.columns.map(\.name) == ["name", "🙂"])
        #expect(read.rows == [["a", "b"], ["c", "d"]])
    }

    struct Fit: Sendable {
        let type: ColumnType
        let json: String
        let value: String?
    }

    @Test(
        "values that fit their column's type",
        arguments: [
            Fit(type: .text, json: "12", value: "12"), Fit(type: .text, json: "1.50", value: "1.50"),
            Fit(type: .text, json: "true", value: "true"),
            Fit(type: .text, json: "\"\"", value: nil), Fit(type: .text, json: "\"a\\nb\"", value: "a\nb"),
            Fit(type: .integer, json: "9007199254740993", value: "9007199254740993"), Fit(type: .integer, json: "-3", value: "-3"),
            Fit(type: .integer, json: "5.0", value: "5"), Fit(type: .integer, json: "1e3", value: "1000"),
            Fit(type: .integer, json: "\" 12 \"", value: "12"),
            Fit(type: .integer, json: "\"\"", value: nil), Fit(type: .integer, json: "null", value: nil),
            Fit(type: .number, json: "12", value: "12.0"), Fit(type: .number, json: "\"1.5\"", value: "1.5"),
            Fit(type: .decimal, json: "1.50", value: "1.50"), Fit(type: .decimal, json: "1e5", value: "100000"),
            Fit(type: .decimal, json: "\"2.50\"", value: "2.50"),
            Fit(type: .boolean, json: "true", value: "1"), Fit(type: .boolean, json: "0", value: "0"),
            Fit(type: .boolean, json: "\"no\"", value: "0"),
            Fit(type: .timestamp, json: "\"2026-03-01T06:00:00Z\"", value: "1772344800"),
            Fit(type: .date, json: "\"2024-02-29\"", value: "2024-02-29"),
            Fit(type: .json, json: "[1, 2]", value: "[1, 2]"), Fit(type: .json, json: "\"a\\u0041\"", value: "\"a\\u0041\""),
            Fit(type: .json, json: "null", value: nil), Fit(type: .json, json: "1.0", value: "1.0"),
        ])
    func fits(_ fit: Fit) throws {
        let read = try RowsRead.jsonl("{\"v\":\(fit.json)}\n", Model(columns: [.init("v", fit.type)]))
        #expect(read.rows == [[fit.value]])
    }

    @Test(
        "values that do not fit",
        arguments: [
            Fit(type: .text, json: "[1]", value: nil), Fit(type: .text, json: "{}", value: nil),
            Fit(type: .integer, json: "1.5", value: nil),
            Fit(type: .integer, json: "9223372036854775808", value: nil), Fit(type: .integer, json: "true", value: nil),
            Fit(type: .integer, json: "\"x\"", value: nil), Fit(type: .number, json: "1e400", value: nil),
            Fit(type: .number, json: "false", value: nil),
            Fit(type: .number, json: "9007199254740993", value: nil), Fit(type: .integer, json: "\"007\"", value: nil),
            Fit(type: .number, json: "\"007\"", value: nil), Fit(type: .boolean, json: "2", value: nil),
            Fit(type: .boolean, json: "[]", value: nil),
            Fit(type: .timestamp, json: "1772344800", value: nil), Fit(type: .timestamp, json: "1.5", value: nil),
            Fit(type: .date, json: "20240229", value: nil),
        ])
    func misfits(_ fit: Fit) throws {
        let model = Model(columns: [.init("v", fit.type)])
        let error = try #require(sourceError { _ = try RowsRead.jsonl("{}\n{\"v\":\(fit.json)}\n", model) })
        #expect(error.code == .badValue)
        #expect(error.location.line == 2)
        let dropped = try RowsRead.jsonl("{\"v\":null}\n{\"v\":\(fit.json)}\n", Model(columns: model.columns, onBadValue: .drop))
        #expect(dropped.rows == [[nil]])
        #expect(dropped.rowsDropped == 1)
    }

    @Test("line breaks, blank lines, a byte order mark, and a missing last line break make no difference")
    func lines() throws {
        for text in [
            "{\"a\":\"1\"}\n{\"a\":\"2\"}\n", "{\"a\":\"1\"}\r\n{\"a\":\"2\"}", "\u{FEFF}\n  \n{\"a\":\"1\"}\n\r\n \t{\"a\":\"2\"} \n\n",
        ] {
            #expect(try RowsRead.jsonl(text).rows == [["1"], ["2"]])
        }
    }

    @Test("an empty file has no rows, and the columns of the model", arguments: ["", "\n", " \n\r\n"])
    func empty(_ text: String) throws {
        let read = try RowsRead.jsonl(text, Model(primaryKey: "id", columns: [.init("id", .integer)]))
        #expect(read.columns == [Column("id", .integer)])
        #expect(read.rows.isEmpty)
    }

    struct Broken: Sendable {
        let text: String
        let line: Int
        let byte: Int
    }

    @Test(
        "a line that is not an object is an error with its line and byte",
        arguments: [
            Broken(text: "[{\"a\":1}]", line: 1, byte: 1), Broken(text: "{\"a\":1}\n\n{\"a\":1", line: 3, byte: 7),
            Broken(text: "{\"a\":1}\n{\"a\":01}", line: 2, byte: 6), Broken(text: "{\"a\":1}\n{\"a\":1}{\"a\":2}", line: 2, byte: 8),
            Broken(text: "{\"a\":1}\nnull", line: 2, byte: 1), Broken(text: "{\n\"a\":1}\n", line: 1, byte: 3),
            Broken(text: "{\"a\":\"\\ud800\"}", line: 1, byte: 7), Broken(text: "{\"a\":1,\"b\":{\"c\":[1,}}", line: 1, byte: 20),
            Broken(text: "{\"a\":\"x\u{0}\"}", line: 1, byte: 8), Broken(text: "{\"a\":1}\nid,email", line: 2, byte: 1),
        ])
    func broken(_ broken: Broken) throws {
        let error = try #require(sourceError { _ = try RowsRead.jsonl(broken.text) })
        #expect(error.code == .badJSON)
        #expect(error.location.line == broken.line)
        #expect(error.message.hasPrefix("byte \(broken.byte) of the line: "))
    }

    @Test("UTF-16 and a line beyond the limit are errors")
    func refused() {
        #expect(sourceError { _ = try RowsRead.jsonl([0xFF, 0xFE, 0x7B, 0]) }?.code == .badEncoding)
        let long = "{\"a\":1}\n{\"a\":\"" + String(repeating: "x", count: 200) + "\"}\n"
        for block in [1, 4_096] {
            let error = sourceError { _ = try RowsRead.jsonl(long.utf8, limits: .init(block: block, record: 100)) }
            #expect(error?.code == .recordTooLarge)
            #expect(error?.location.line == 2)
        }
    }
}
