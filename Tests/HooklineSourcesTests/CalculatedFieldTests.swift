import CodedErrors
import HooklineCore
import Testing

@testable import HooklineSources

@Suite("Calculated fields")
struct CalculatedFieldTests {
    private let text = "id,first_name,last_name,age\n1,Ann,Lee,41\n2,Bob,,17\n3,\"O'Hara\"\"\",é,\n"

    private func model(_ fields: [Model.CalculatedField], _ types: [Model.TypedColumn] = [], _ policy: Model.BadValuePolicy = .error)
        -> Model
    {
        Model(columns: [.init("id", .integer), .init("age", .integer)] + types, calculated: fields, onBadValue: policy)
    }

    private func issues(of expression: String) -> [HooklineCore.Issue] {
        let field = Model.CalculatedField("x", expression, position: SourcePosition(file: "activation.yaml", line: 9, column: 7))
        return HooklineSourcesTests.issues { _ = try RowsRead.csv(text, model([field])) }
    }

    @Test("follow the source's columns, in manifest order, as text unless they have a type")
    func csv() throws {
        let fields = [
            Model.CalculatedField("full_name", "first_name || ' ' || last_name"), .init("is_adult", "age >= 18"), .init("next", "age + 1"),
            .init("half", "age / 2.0"),
        ]
        let types = [Model.TypedColumn("is_adult", .boolean), .init("next", .integer), .init("half", .number)]
        let read = try RowsRead.csv(text, model(fields, types))
        #expect(
            read.columns.suffix(4) == [
                Column("full_name", .text, origin: .unknown), Column("is_adult", .boolean), Column("next", .integer),
                Column("half", .number),
            ])
        #expect(
            read.rows.map { Array($0.suffix(4)) } == [
                ["Ann Lee", "1", "42", "20.5"], [nil, "0", "18", "8.5"], ["O'Hara\" é", nil, nil, nil],
            ])
    }

    @Test("are the same over JSONL and SQLite")
    func otherSources() throws {
        let fields = [Model.CalculatedField("full_name", "first_name || ' ' || last_name -- both"), .init("next", "age + 1")]
        let jsonl = "{\"first_name\":\"Ann\",\"last_name\":\"Lee\",\"age\":41}\n{\"first_name\":\"Bob\"}\n"
        let fromJSONL = try RowsRead.jsonl(jsonl, Model(columns: [.init("age", .integer), .init("next", .integer)], calculated: fields))
        #expect(fromJSONL.columns.map(\.name) == ["age", "first_name", "last_name", "full_name", "next"])
        #expect(fromJSONL.rows == [["41", "Ann", "Lee", "Ann Lee", "42"], [nil, "Bob", nil, nil, nil]])
        let database = try SampleDatabase(
            """
            CREATE TABLE users (first_name TEXT, last_name TEXT, age INTEGER);
            INSERT INTO users VALUES ('Ann', 'Lee', 41), ('Bob', NULL, NULL);
            """
        )
        for model in [
            Model(table: "users", columns: [.init("next", .integer)], calculated: fields),
            Model(sql: "SELECT * FROM users; -- all", columns: [.init("next", .integer)], calculated: fields),
        ] {
            let read = try database.read(model)
            #expect(read.columns.suffix(2) == [Column("full_name", .text, origin: .unknown), Column("next", .integer)])
            #expect(read.rows == [["Ann", "Lee", "41", "Ann Lee", "42"], ["Bob", nil, nil, nil, nil]])
        }
    }

    @Test("compare values by their columns' types")
    func affinities() throws {
        let model = Model(
            columns: [
                .init("n", .number), .init("d", .decimal), .init("a", .boolean), .init("b", .boolean), .init("c", .boolean),
                .init("t", .text),
            ],
            calculated: [.init("a", "n > 9"), .init("b", "d > 9"), .init("c", "t > '9'")])
        let read = try RowsRead.csv("n,d,t\n10,10.0,10\n", model)
        #expect(read.rows == [["10.0", "10.0", "10", "1", "1", "0"]])
    }

    @Test("may use quoted names, or constants only")
    func names() throws {
        let read = try RowsRead.csv(
            "e mail,select\na,b\n", Model(calculated: [.init("x", "\"e mail\" || [select] || `select`"), .init("y", "'it''s (;'")]))
        #expect(read.rows == [["a", "b", "abb", "it's (;"]])
    }

    @Test("with an unknown column are an error at their position, with the nearest name")
    func unknownColumn() throws {
        let found = issues(of: "frist_name || last_name")
        #expect(found.map(\.code) == ["sources.unknown_column"])
        #expect(found.first?.message.contains("did you mean 'first_name'?") == true)
        #expect(found.first?.position?.line == 9)
        #expect(issues(of: "\"nobody\"").map(\.code) == ["sources.unknown_column"])
    }

    @Test(
        "that are not an expression over the row are rejected",
        arguments: [
            "", "  -- nothing", "age +", "age; 1", "age) FROM x --", "1) + (2", "(age", "'age", "\"age", "/* age", "(SELECT 1)",
            "age IN (select 1)", "EXISTS (VALUES (1))",
            "count(*)", "max(age)", "sum(age) FILTER (WHERE 1)", "row_number() OVER ()", "age, id", "?", ":age", "nosuch(age)",
            "age IN sqlite_schema", "load(age)", "1 UNION SELECT 2",
        ])
    func refused(_ expression: String) {
        let found = issues(of: expression)
        #expect(found.count == 1)
        #expect(found.first.map { ["sources.bad_expression", "sources.unknown_column"].contains($0.code) } == true)
    }

    @Test("may not have the name of a column or of each other")
    func duplicates() {
        let found = HooklineSourcesTests.issues {
            _ = try RowsRead.csv(text, model([.init("age", "1"), .init("x", "1"), .init("x", "2")]))
        }
        #expect(found.map(\.code) == ["sources.duplicate_column", "sources.duplicate_column"])
    }

    @Test("follow on_bad_value")
    func policy() throws {
        let fields = [Model.CalculatedField("x", "CASE WHEN id = 2 THEN 'many' ELSE id * 10 END")]
        let types = [Model.TypedColumn("x", .integer)]
        let error = try #require(sourceError { _ = try RowsRead.csv(text, model(fields, types)) })
        #expect(error.code == .badValue)
        #expect(error.location.line == 3)
        #expect(try RowsRead.csv(text, model(fields, types, .null)).rows.map { $0[4] } == ["10", RowsRead.unknown, "30"])
        let dropped = try RowsRead.csv(text, model(fields, types, .drop))
        #expect(dropped.rows.map { $0[4] } == ["10", "30"])
        #expect(dropped.rowsDropped == 1)
    }

    @Test("that fail on a row are an error with its line, but without its values")
    func failure() throws {
        let error = try #require(sourceError { _ = try RowsRead.csv(text, model([.init("x", "json_extract('{}', first_name)")])) })
        #expect(error.code == .calculationFailed)
        #expect(error.location.line == 2)
        #expect(!error.description.contains("Ann"))
        let overflow = sourceError { _ = try RowsRead.csv(text, model([.init("x", "abs(-9223372036854775808)")])) }
        #expect(overflow?.message.contains("integer overflow") == true)
    }

    @Test("cannot fill the memory")
    func bounded() {
        #expect(sourceError { _ = try RowsRead.csv(text, model([.init("x", "hex(zeroblob(1000000000))")])) }?.code == .calculationFailed)
    }
}
