import Foundation
import GRDB
import HooklineApp
import HooklineCore
import HooklineSources
import Testing

@Suite("A source is described")
struct DescribeTests {
    private func described(_ text: String, _ file: String = "data/x.csv", limit: Int? = nil) async throws -> SourceDescription {
        var description: SourceDescription?
        try await Workbench.with { bench in
            try bench.write(file, text)
            var request = DescribeRequest(bench.path(file))
            request.limit = limit
            description = try await bench.app.describe(request)
        }
        return try #require(description)
    }

    private func execute(_ path: String, _ sql: String) throws {
        try DatabaseQueue(path: path).inDatabase { try $0.execute(sql: sql) }
    }

    private func column(_ name: String, _ cells: [String]) async throws -> ColumnDescription {
        let quoted = cells.map { "\"\($0.replacing("\"", with: "\"\""))\",x" }
        return try await described((["\(name),other"] + quoted).joined(separator: "\n") + "\n").columns[0]
    }

    @Test(
        "by the plainest type that every value fits",
        arguments: [
            (["1", "-2"], "integer"), (["1.5", "2"], "number"), (["0.1234567890123456789", "1"], "decimal"), (["yes", "NO"], "boolean"),
            (["2026-01-31"], "date"), (["2026-01-31 10:00", "2026-01-31"], "timestamp"), (["a", "1"], "text"), (["", " "], "text"),
            (["1,5", "2"], #"{ type: number, decimal: "," }"#),
            (["1.234.567,50", "0,25"], #"{ type: number, decimal: ",", thousands: "." }"#),
            (["1,234,567", "12.5"], #"{ type: number, thousands: "," }"#), (["€ 1.50", "$0.20"], #"{ type: number, strip: ["$", "€"] }"#),
            (["31/01/2026", "02/03/2026"], #"{ type: date, format: "%d/%m/%Y" }"#),
            (["01/31/2026 10:30", "02/03/2026 09:00"], #"{ type: timestamp, format: "%m/%d/%Y %H:%M" }"#),
            (["3 Mar 2026"], #"{ type: date, format: "%d %b %Y" }"#), ([#"["a"]"#, "[]"], "list"), ([#"{"a":1}"#], "json"),
        ])
    func types(_ cells: [String], _ type: String) async throws {
        #expect(try await column("thing", cells).type == type)
    }

    @Test(
        "and leaves to a person what reads in two ways",
        arguments: [["03/04/2026", "05/06/2026"], ["1,234", "5,678"], ["1.234", "5.678"]])
    func ambiguous(_ cells: [String]) async throws {
        let column = try await column("thing", cells)
        #expect(column.type == nil && column.choices.count == 2)
    }

    @Test("with codes as text, whatever their digits", arguments: [["01234", "99999"], ["+49 30 901820", "+33 1 40205050"], ["007"]])
    func codes(_ cells: [String]) async throws {
        #expect(try await column("thing", cells).type == "text")
    }

    @Test("with the help of names only where values leave it open")
    func names() async throws {
        #expect(try await column("is_active", ["1", "0"]).type == "boolean")
        #expect(try await column("visits", ["1", "0"]).type == "integer")
        #expect(try await column("country", ["NO", "NO"]).type == "text")
        #expect(try await column("created_at", ["1772344800"]).type == "{ type: timestamp, format: unix }")
        #expect(try await column("counter", ["1772344800"]).type == "integer")
        #expect(try await column("signup_date", ["20260131"]).type == #"{ type: date, format: "%Y%m%d" }"#)
        #expect(try await column("is_active", ["1", "2"]).type == "integer")
    }

    @Test("with the rows and shapes of what does not fit the type of most, and without the values")
    func misfits() async throws {
        let column = try await column("total", ["1", "2", "3.5", "Grace", "4", "5 Hopper", "6"])
        let misfits = try #require(column.misfits)
        #expect(column.type == "text" && misfits.type == "number" && misfits.count == 2 && misfits.others == 0)
        #expect(misfits.shapes.map(\.shape) == ["Aaa", "9 Aaa"] && misfits.shapes.map(\.rows) == [[4], [6]])
        #expect(column.types.first?.type == "number" && column.types.first?.share == 0.714)
    }

    @Test("with NULLs, empties, and words for NULL apart")
    func nothing() async throws {
        let description = try await described(
            "{\"n\":1}\n{\"n\":null}\n{\"n\":\"\"}\n{}\n{\"n\":\"n/a\"}\n{\"n\":2}\n{\"n\":2}\n", "x.jsonl")
        let column = try #require(description.columns.first)
        #expect((column.values, column.nulls, column.empties, column.absent) == (3, 1, 1, 1))
        #expect(column.nullWords == ["n/a": 1] && description.nullValues == ["n/a"])
        #expect(column.type == "integer" && column.distinct.count == 2 && column.distinct.exact)
        #expect((column.least, column.most) == ("1", "2"))
    }

    @Test("with nested keys, and with keys that come late")
    func nested() async throws {
        let late = String(repeating: "{\"a\":{\"b\":1}}\n", count: 1_500) + "{\"a\":{\"c\":\"x\"},\"d\":true}\n"
        let description = try await described(late, "x.jsonl")
        #expect(description.columns.map(\.name) == ["a", "a.b", "d", "a.c"])
        #expect(description.columns.map(\.type) == ["json", "integer", "text", "text"])
        #expect(description.columns[3].absent == 1_500 && description.columns[1].absent == 1)
    }

    @Test("without anything of a person")
    func privacy() async throws {
        let persons = "email,name,phone,birthday,card\nada@example.com,Ada Lovelace,0612345678,1815-12-10,4111111111111111\n"
        for text in [
            persons + "bob@example.org,Bob,0611111111,1999-01-01,4222222222222222\n", String(persons.split(separator: "\n")[1]) + "\n",
        ] {
            do {
                let description = try await described(text)
                let json = String(decoding: try JSONEncoder().encode(description), as: UTF8.self)
                for secret in ["ada@", "Ada", "Bob", "061", "1815", "1999", "4111"] { #expect(!json.contains(secret), "\(secret)") }
                #expect(description.columns[0].addresses == 2)
            } catch let error as SourceError {
                #expect(error.code == .badHeader && !error.explanation.contains("Ada"))
            }
        }
        let headless = try await described("Ada,1815-12-10,0612345678\nBob,1999-01-01,0611111111\n")
        #expect(headless.columns.allSatisfy { $0.name == nil } && headless.block.isEmpty)
    }

    @Test("without keys of objects that are data, or what stands beside them")
    func privateKeys() async throws {
        let description = try await described(
            #"{"id":1,"email":"a@example.com","friends":{"john.secret@example.com":1,"+49 171 1234567":2,"John Secret":{"since":3}},"#
                + #""born":{"John Secret 1980-01-01":1},"visits":{"May":1}}"# + "\n", "x.jsonl")
        #expect(description.columns.compactMap(\.name).sorted() == ["born", "email", "friends", "id", "visits", "visits.May"])
        let json = String(decoding: try JSONEncoder().encode(description), as: UTF8.self)
        for secret in ["ohn", "171", "1980", "since"] { #expect(!json.contains(secret), "\(secret)") }
        let outer = try await described(#"{"John Secret":1,"+49 171 1234567":2}"# + "\n", "x.jsonl")
        #expect(outer.columns.allSatisfy { $0.name == nil } && outer.block.isEmpty)
    }

    @Test("without the first line's cells, although one is a word that headers have", arguments: ["ID", "customer", "Email"])
    func headless(_ word: String) async throws {
        let description = try await described("1,John Secret,\(word),+49 171 1234567\n2,Jane,x,+49\n")
        #expect(description.columns.allSatisfy { $0.name == nil })
    }

    @Test(
        "without least and most that may be a person's",
        arguments: [
            ("lat", ["52.520008", "48.137154"]), ("amount", ["1234567.89", "7654321.12"]), ("ratio", ["0.1234567", "0.2345678"]),
            ("geboren", ["1980-01-02", "1981-03-04"]), ("naissance", ["1980-01-02", "1981-03-04"]), ("handy", ["171123", "171124"]),
            ("fecha", ["1980-01-02", "1981-03-04"]), ("day", ["1980-01-02 10:00", "1981-03-04 11:00"]),
            ("born_and_registered", ["1980-01-02", "1981-03-04"]), ("Fødselsdato", ["1980-01-02", "1981-03-04"]),
            ("plz", ["10115", "80331"]),
        ])
    func extremes(_ name: String, _ cells: [String]) async throws {
        let column = try await column(name, cells)
        #expect(column.least != nil && column.least?.allSatisfy { !"12345678".contains($0) } == true, "\(column.least ?? "")")
        #expect(column.most?.allSatisfy { !"12345678".contains($0) } == true)
    }

    @Test("with least and most of events and plain numbers")
    func plainExtremes() async throws {
        for name in ["created_at", "lastLogin", "order date", "updated"] {
            #expect(try await column(name, ["2026-01-02", "2026-03-04"]).most == "2026-03-04", "\(name)")
        }
        #expect(try await column("total", ["1.5", "99999"]).least == "1.5")
    }

    @Test("by its first rows, and says so")
    func limit() async throws {
        let text = "a,b\n" + (1...50).map { "\($0),x\n" }.joined()
        let some = try await described(text, limit: 10)
        #expect(some.rows == 10 && !some.whole && some.columns[0].most == "10")
        let all = try await described(text, limit: 50)
        #expect(all.rows == 50 && all.whole)
        let none = try await described("a,b\n")
        #expect(none.rows == 0 && none.whole && none.columns.map(\.values) == [0, 0])
    }

    @Test("although it is wide, or its delimiter is another")
    func shapes() async throws {
        let names = (1...10_000).map { "c\($0)" }.joined(separator: ",")
        let wide = try await described(names + "\n" + (1...10_000).map(String.init).joined(separator: ",") + "\n")
        #expect(wide.columns.count == 10_000 && wide.columns[9_999].type == "integer")
        let other = try await described("id;total\n1;2,5\n")
        #expect(other.delimiter == "\";\"" && other.columns.map(\.type) == ["integer", #"{ type: number, decimal: "," }"#])
    }

    @Test("that is a table or a query of a database, and asks which one")
    func database() async throws {
        try await Workbench.with { bench in
            try execute(
                bench.path("shop.db"), "CREATE TABLE users (id INTEGER, at INTEGER); INSERT INTO users VALUES (1, 1772344800), (2, NULL);")
            let one = try await bench.app.describe(DescribeRequest(bench.path("shop.db")))
            #expect(one.table == "users" && one.rows == 2 && one.columns[1].nulls == 1)
            try execute(bench.path("shop.db"), "CREATE TABLE orders (id INTEGER);")
            let error = await #expect(throws: AppError.self) { try await bench.app.describe(DescribeRequest(bench.path("shop.db"))) }
            #expect(error?.code == .unnamedTable)
            var request = DescribeRequest(bench.path("shop.db"))
            request.sql = "SELECT id * 2 AS twice FROM users"
            #expect(try await bench.app.describe(request).columns.map(\.most) == ["4"])
        }
    }

    @Test("in columns that a run then reads without a bad value")
    func agrees() async throws {
        try await Workbench.with { bench in
            try bench.write(
                "data/users.csv",
                "id,email,total,day,zip,note\n1,ada@example.com,\"1.200,50\",31/12/2025,01234,a\n2,bob@example.org,\"9,5\",01/02/2026,99999,\n"
            )
            let description = try await bench.app.describe(DescribeRequest("shop"))
            try bench.write(
                "activations/all/activation.yaml",
                "hookline: 1\nname: all\nsource: shop\nmodel:\n"
                    + description.block.split(separator: "\n").map { "  \($0)\n" }.joined()
                    + "segment: { name: All, where: { all: [ { field: total, op: \">\", value: 9 }, { field: day, op: before, value: 2027-01-01 } ] } }\n"
                    + "destination: newsletter\nmapping: { email: email }\n")
            var request = CheckRequest(["all"])
            request.readsData = true
            let result = try await bench.app.check(request)
            #expect(!result.hasErrors && result.data?.first?.rows == 2 && result.data?.first?.badValues.isEmpty == true, "\(result.issues)")
        }
    }

    @Test("unless there is none of that name")
    func unknown() async throws {
        try await Workbench.with { bench in
            let error = await #expect(throws: AppError.self) { try await bench.app.describe(DescribeRequest("shpo")) }
            #expect(error?.code == .unknownSource)
        }
    }
}
