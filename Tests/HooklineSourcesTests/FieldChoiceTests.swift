import CodedErrors
import HooklineCore
import Testing

@testable import HooklineSources

@Suite("Fields that a model needs")
struct FieldChoiceTests {
    private let model: Model = {
        var model = Model(primaryKey: "id", columns: [.init("twice", .integer)], calculated: [.init("twice", "spent * 2")])
        model.fields = [
            .init("id", .integer, column: "no"), .init("email", .text, column: "mail"), .init("spent", .number),
            .init("nick", .text, isOptional: true),
        ]
        return model
    }()

    private let columns = [
        Column("id", .integer), Column("email", .text), Column("spent", .number), Column("nick", .text, isAbsent: true),
        Column("twice", .integer),
    ]
    private let rows: [[String?]] = [["1", "a@example.com", "2.5", nil, "5"], ["2", nil, "3.0", nil, "6"]]

    @Test("are read from a CSV file under their own names, without other columns")
    func csv() throws {
        let read = try RowsRead.csv("email,secret,spent,no,mail\nx,s,2.5,1,a@example.com\ny,s,3,2,\n", model)
        #expect(read.columns == columns)
        #expect(read.rows == rows)
    }

    @Test("are read from a JSONL file, including nested ones")
    func jsonl() throws {
        var nested = model
        nested.fields?[1].column = "who.mail"
        let read = try RowsRead.jsonl(
            #"{"no":1,"who":{"mail":"a@example.com"},"spent":2.5,"email":"x"}"# + "\n" + #"{"no":2,"spent":3,"secret":[]}"# + "\n", nested)
        #expect(read.columns.map(\.name) == columns.map(\.name))
        #expect(read.rows == rows)
    }

    @Test("are read from an SQLite table and query")
    func sqlite() throws {
        let database = try SampleDatabase(
            "CREATE TABLE people(no INTEGER, mail TEXT, spent REAL, email TEXT, secret TEXT); "
                + "INSERT INTO people VALUES (1, 'a@example.com', 2.5, 'x', 's'), (2, NULL, 3, 'y', 's')")
        var bound = model
        bound.table = "people"
        #expect(try database.read(bound).rows == rows)
        #expect(try database.read(bound).columns == columns)
        bound.table = nil
        bound.sql = "SELECT * FROM people ORDER BY no -- all"
        #expect(try database.read(bound).rows == rows)
    }

    @Test("that are missing are all reported at once, with their columns")
    func missing() {
        let found = issues { _ = try RowsRead.csv("id,email,spend\n1,a,2\n", model) }
        #expect(found.map(\.code) == Array(repeating: "sources.unknown_column", count: 3))
        #expect(found[0].message.hasPrefix("the field 'id' reads 'no', which is not a column of the source 'shop'"))
        #expect(found[2].message.contains("did you mean 'spend'?"))
    }

    @Test("are reported with the existing columns if those surely come from a header")
    func there() {
        let found = issues { _ = try RowsRead.csv("no,mail,spend\n1,a,2\n", model) }
        #expect(found.map(\.message).joined().hasSuffix("; it has 'no', 'mail', 'spend'"), "\(found)")
        let headless = sourceError { _ = try RowsRead.csv("1,ann@example.com,3\n", model) }
        #expect(headless?.code == .badHeader)
        #expect(headless?.description.contains("ann@") == false)
        let semicolons = sourceError { _ = try RowsRead.csv("no;mail;spent\n1;a;2\n", model) }
        #expect(semicolons?.code == .badDelimiter)
        #expect(semicolons?.message.contains("delimiter: \";\"") == true)
    }

    @Test("get a warning if none of the first objects of a JSONL file has their keys")
    func look() throws {
        var bound = model
        bound.boundBy = "vip"
        func look(_ text: String) throws -> (columns: [Column], warnings: [HooklineCore.Issue]) {
            let file = try TemporaryFile(text)
            return try SourceFactory.look(SourceConfiguration(name: "shop", kind: .jsonl, path: file.path), model: bound)
        }
        let line = #"{"no":1,"spent":2}"# + "\n"
        let many = try look(String(repeating: line, count: 5_000))
        #expect(many.columns.filter(\.isAbsent).map(\.name) == ["nick"])
        #expect(many.warnings.map(\.severity) == [.warning])
        #expect(many.warnings[0].message.contains("the field 'email' reads 'mail'"), "\(many.warnings)")
        // At the end of the file, the key is certain to be missing.
        #expect(issues { _ = try look(line) }.map(\.severity) == [.error])
        #expect(try look(line + #"{"no":1,"spent":2,"mail":"a","nick":"n"}"# + "\n").warnings.isEmpty)
        #expect(try look("").warnings.isEmpty)
        // A bad value does not hide the keys after it, under any policy.
        for policy in Model.BadValuePolicy.allCases {
            bound.onBadValue = policy
            #expect(try look(#"{"no":"x","spent":2,"mail":"a","nick":"n"}"# + "\n").warnings.isEmpty, "\(policy)")
        }
        bound.onBadValue = .error
        // A run reports bad rows.
        #expect(try look(line + "no json\n").columns.count == 5)
        bound.fields?[3].isBound = true
        #expect(issues { _ = try look(line + #"{"mail":"a"}"# + "\n") }.first?.message.contains("'nick'") == true)
    }

    @Test("are reported with one piece of advice to paste, except in a sample")
    func advice() {
        var bound = model
        bound.boundBy = "vip"
        let found = issues { _ = try RowsRead.csv("no,email\n1,a\n", bound) }
        #expect(found.count == 2)
        #expect(!found[0].message.contains("hookline.yaml"))
        #expect(found[1].message.hasSuffix("activations: { vip: { bind: { fields: { email: COLUMN, spent: COLUMN } } } }"))
        #expect(issues { _ = try RowsRead.csv("no,email\n1,a\n", bound.forSamples) }.allSatisfy { !$0.message.contains("bind") })
    }

    @Test("that are optional may be missing, unless the workspace binds them")
    func optional() throws {
        let csv = "no,mail,spent\n1,a@example.com,2.5\n"
        #expect(try RowsRead.csv(csv, model).columns.filter(\.isAbsent).map(\.name) == ["nick"])
        var bound = model
        bound.fields?[3].isBound = true
        bound.fields?[3].column = "nik"
        let found = issues { _ = try RowsRead.csv(csv, bound) }
        #expect(
            found.map(\.message) == [
                "the field 'nick' reads 'nik', which is not a column of the source 'shop'; it has 'no', 'mail', 'spent'"
            ])
    }

    @Test("are reported at the end of a JSONL file if no object has their key")
    func jsonlMissing() throws {
        var bound = model
        bound.boundBy = "vip"
        let lines = #"{"no":1,"mail":"a@example.com","spend":2.5}"# + "\n"
        let found = issues { _ = try RowsRead.jsonl(lines, bound) }
        #expect(found.count == 1)
        #expect(found.first?.message.hasPrefix("the field 'spent' is not a column of the source 'shop'") == true)
        #expect(try RowsRead.jsonl(lines + #"{"no":2,"mail":"b@example.com","spent":1}"#, bound).rows.count == 2)
        #expect(try RowsRead.jsonl("", bound).rows.isEmpty)
        #expect(try RowsRead.jsonl(#"{"id":1}"#, bound.forSamples).rows.count == 1)
    }

    @Test("may share a column")
    func twice() throws {
        var model = Model()
        model.fields = [.init("a", .text, column: "x"), .init("b", .text, column: "x"), .init("c", .text, column: "y.z")]
        let expected = [["1", "1", "2"]]
        #expect(try RowsRead.csv("x,y.z\n1,2\n", model).rows == expected)
        #expect(try RowsRead.jsonl(#"{"x":"1","y":{"z":"2"}}"#, model).rows == expected)
        let database = try SampleDatabase("CREATE TABLE t(x TEXT, \"y.z\" TEXT); INSERT INTO t VALUES ('1', '2')")
        model.table = "t"
        #expect(try database.read(model).rows == expected)
    }

    @Test("have their own names in a sample")
    func sample() throws {
        let read = try RowsRead.csv("id,email,spent\n1,a@example.com,2.5\n2,,3\n", model.forSamples)
        #expect(read.rows == rows)
    }
}
