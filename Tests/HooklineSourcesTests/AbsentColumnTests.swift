import HooklineCore
import Testing

@testable import HooklineSources

@Suite("Missing and unused columns")
struct AbsentColumnTests {
    private let table = SourceTable(
        names: ["email", "country", "joined"],
        rows: [[.text("ann@example.com"), .text("FR"), .text("2026-01-01")], [.text("bob@example.com"), .text("BE"), .null]])

    private func model(using used: Set<String>, _ columns: [Model.TypedColumn] = [], policy: Model.BadValuePolicy = .error) -> Model {
        var model = Model(columns: columns, onBadValue: policy)
        model.used = used
        return model
    }

    @Test("unused columns are not read", arguments: SourceTable.kinds)
    func used(_ kind: SourceConfiguration.Kind) throws {
        let read = try table.read(from: kind, model(using: ["country"], [.init("joined", .date)]))
        #expect(read.columns.map(\.name) == ["country"])
        #expect(read.rows == [["FR"], ["BE"]])
    }

    @Test("unused columns never stop a run, whatever they hold", arguments: SourceTable.kinds, Model.BadValuePolicy.allCases)
    func harmless(_ kind: SourceConfiguration.Kind, _ policy: Model.BadValuePolicy) throws {
        let model = model(using: ["email"], [.init("country", .integer), .init("joined", .boolean)], policy: policy)
        let read = try table.read(from: kind, model)
        #expect(read.rows == [["ann@example.com"], ["bob@example.com"]])
        #expect(read.rowsDropped == 0 && read.unreadable.isEmpty)
    }

    @Test("the primary key is always read", arguments: SourceTable.kinds)
    func key(_ kind: SourceConfiguration.Kind) throws {
        var model = model(using: ["country"])
        model.primaryKey = "email"
        #expect(try table.read(from: kind, model).columns.map(\.name) == (kind == .jsonl ? ["country", "email"] : ["email", "country"]))
    }

    @Test("BLOBs, invalid bytes, and missing names do no harm in unused columns")
    func odd() throws {
        let database = try SampleDatabase("CREATE TABLE t (email TEXT, avatar BLOB, x); INSERT INTO t VALUES ('a', x'FF41', x'00')")
        var byTable = model(using: ["email"])
        byTable.table = "t"
        #expect(try database.read(byTable).rows == [["a"]])
        #expect(sourceError { _ = try database.read(Model(table: "t")) }?.message.contains("it is a BLOB") == true)
        let latin1 = Array(",email,Pr".utf8) + [0xE9] + Array("nom,x,x\n0,a,Chlo".utf8) + [0xE9] + Array(",1,2\n".utf8)
        #expect(try RowsRead.csv(latin1, model(using: ["email"])).rows == [["a"]])
        #expect(sourceError { _ = try RowsRead.csv(latin1, Model()) }?.code == .badEncoding)
        #expect(sourceError { _ = try RowsRead.csv(latin1, model(using: ["email", "x"])) }?.code == .badHeader)
        #expect(sourceError { _ = try RowsRead.csv(latin1, model(using: ["email", "Prénom"])) }?.code == .badEncoding)
    }

    @Test(
        "if a used column is missing, all names stay known, so that the nearest can be suggested",
        arguments: [SourceConfiguration.Kind.csv, .sqlite])
    func missing(_ kind: SourceConfiguration.Kind) throws {
        let read = try table.read(from: kind, model(using: ["email", "contry"], [.init("joined", .boolean)]))
        #expect(read.columns.map(\.name) == ["email", "country", "joined"])
        #expect(read.rows == [["ann@example.com", nil, nil], ["bob@example.com", nil, nil]])
    }

    @Test("a key that no object has is an error at the end, with the nearest key", arguments: [true, false])
    func missingKey(_ isTyped: Bool) throws {
        let used = model(using: ["email", "contry"], isTyped ? [.init("contry", .text)] : [])
        let found = issues { _ = try table.read(from: .jsonl, used) }
        #expect(found.map(\.code) == ["sources.unknown_column"])
        #expect(found.first?.message.hasSuffix("did you mean 'country'?") == true, "\(found)")
    }

    @Test("a path must lead to a value, through objects only")
    func missingPath() throws {
        let text = """
            {"who":{"mail":"a","addresses":[{"country":"FR"}]},"orders":[{"total":1}],"note":null}
            {"who":{"mail":"b","addresses":[]},"orders":[],"note":null}
            """
        func message(_ used: String) -> String? { issues { _ = try RowsRead.jsonl(text, model(using: [used])) }.first?.message }
        #expect(message("who.mial")?.hasSuffix("did you mean 'who.mail'?") == true)
        #expect(message("woh.mail")?.hasSuffix("did you mean 'who.mail'?") == true)
        // A list that is never empty is an error at once; for others, the end of the file decides.
        #expect(sourceError { _ = try RowsRead.jsonl(text, model(using: ["orders.total"])) }?.code == .badValue)
        let empty = try? RowsRead.jsonl(text, model(using: ["orders.total"], policy: .null))
        #expect(empty == nil)
        #expect(
            issues { _ = try RowsRead.jsonl(text, model(using: ["orders.total"], policy: .null)) }.first?.message.contains(
                "'orders' is a list") == true)
        // An object that is always null may have any key.
        #expect(try RowsRead.jsonl(text, model(using: ["note.text"])).rows == [[nil], [nil]])
        #expect(try RowsRead.jsonl(text, model(using: ["who.mail"])).rows == [["a"], ["b"]])
    }

    @Test("a value that blocks a path is a bad value, unless it is empty")
    func blocked() throws {
        let text =
            #"{"a":{"b":"x"}}"# + "\n" + #"{"a":"none"}"# + "\n" + #"{"a":""}"# + "\n" + #"{"a":[ ]}"# + "\n" + #"{"a":[1]}"# + "\n"
            + #"{"a":0}"# + "\n{}\n"
        let read = try RowsRead.jsonl(text, model(using: ["a.b"], policy: .null))
        #expect(read.rows.map { $0[0] } == ["x", RowsRead.unknown, nil, nil, RowsRead.unknown, RowsRead.unknown, nil])
        let error = sourceError { _ = try RowsRead.jsonl(text, model(using: ["a.b"])) }
        #expect(error?.location.line == 2 && error?.message.contains("the path to it") == true)
    }

    @Test("a file of 1,900 columns costs only the columns that are used")
    func wide() throws {
        let names = (1...1_900).map { "c\($0)" }
        let wide = SourceTable(names: names, rows: [names.map { .text($0) }])
        // A table of PostgreSQL has at most 1,600 columns.
        for kind in SourceTable.kinds where ![.postgres, .odbc, .adbc].contains(kind) {
            var model = model(using: ["both"], [.init("c7", .text)])
            model.calculated = [.init("both", "c7 || \"C1800\""), .init("unused", "no such thing")]
            model.calculated.removeLast()
            let read = try wide.read(from: kind, model)
            #expect(read.columns.map(\.name) == ["c7", "c1800", "both"])
            #expect(read.rows == [["c7", "c1800", "c7c1800"]])
        }
    }
}
