import HooklineCore
import Testing

@testable import HooklineSources

@Suite("What calculated fields see")
struct ExpressionViewTests {
    private func value(
        _ expression: String, of cell: SourceTable.Cell, _ type: ColumnType?, _ kind: SourceConfiguration.Kind,
        result: ColumnType = .text, format: TimeFormat? = nil, policy: Model.BadValuePolicy = .error
    ) throws -> String? {
        var column = ColumnFormat()
        column.times = format.map { [$0] } ?? []
        var model = Model(
            columns: [.init("x", result)] + (type.map { [.init("v", $0, format: column)] } ?? []), calculated: [.init("x", expression)],
            onBadValue: policy)
        model.timezone = "Europe/Paris"
        return try SourceTable.column([cell]).read(from: kind, model).rows[0][2]
    }

    @Test("timestamps are text in UTC that SQLite's date functions understand", arguments: SourceTable.kinds)
    func moments(_ kind: SourceConfiguration.Kind) throws {
        let cell = SourceTable.Cell.text("2026-02-01 00:30:00")
        #expect(try value("v", of: cell, .timestamp, kind) == "2026-01-31 23:30:00")
        #expect(try value("strftime('%m', v)", of: cell, .timestamp, kind) == "01")
        #expect(try value("unixepoch(v)", of: cell, .timestamp, kind, result: .integer) == "1769902200")
        #expect(try value("v", of: .integer(1_769_902_200), .timestamp, kind, format: .unix) == "2026-01-31 23:30:00")
        #expect(try value("v", of: .text("1969-12-31T23:59:59Z"), .timestamp, kind) == "1969-12-31 23:59:59")
        // Timestamps that they return are in UTC, too.
        #expect(try value("datetime(v, '+1 day')", of: cell, .timestamp, kind, result: .timestamp) == "1769988600")
    }

    @Test("dates, booleans, and numbers are what rules see", arguments: SourceTable.kinds)
    func others(_ kind: SourceConfiguration.Kind) throws {
        #expect(try value("v || '!'", of: .text("2026-01-31"), .date, kind) == "2026-01-31!")
        #expect(try value("v || ''", of: .text("31.01.2026"), .date, kind, format: .pattern("%d.%m.%Y")) == "2026-01-31")
        #expect(try value("v + 1", of: .text("yes"), .boolean, kind) == "2")
        #expect(try value("v > 9", of: .text("10"), .number, kind, result: .boolean) == "1")
        #expect(try value("v > 9", of: .text("10"), .decimal, kind, result: .boolean) == "1")
        #expect(try value("v IS NULL", of: .text("  "), .integer, kind, result: .boolean) == "1")
        #expect(try value("v IS NULL", of: .text("\u{A0}"), .text, kind, result: .boolean) == "1")
        #expect(try value("v", of: .text(" x "), .text, kind) == "x")
    }

    @Test("a field that uses an unreadable value is itself unreadable", arguments: SourceTable.kinds)
    func unreadable(_ kind: SourceConfiguration.Kind) throws {
        #expect(try value("coalesce(v, 0)", of: .text("x"), .integer, kind, policy: .null) == RowsRead.unknown)
        #expect(try value("v IS NULL", of: .text("31/01/2026"), .timestamp, kind, result: .boolean, policy: .null) == RowsRead.unknown)
        #expect(try value("row || '!'", of: .text("x"), .integer, kind, policy: .null) == "row 0!")
    }

    @Test("a field without a declared type has an unknown type", arguments: SourceTable.kinds)
    func unknown(_ kind: SourceConfiguration.Kind) throws {
        let read = try SourceTable.column([.integer(1)]).read(
            from: kind, Model(columns: [.init("v", .integer)], calculated: [.init("x", "v + 1")]))
        #expect(read.columns.last == Column("x", .text, origin: .unknown))
    }

    @Test("columns are found by name, in any case and any quotes, but not as function names")
    func names() throws {
        var model = Model(
            columns: [.init("date", .integer)], calculated: [.init("x", "date('2026-01-01') || [b \"c] || \"b \"\"c\" || D")],
            onBadValue: .null)
        model.used = ["x"]
        let read = try RowsRead.csv("date,\"b \"\"c\",d,e\nbad,1,2,3\n", model)
        #expect(read.columns.map(\.name) == ["date", "b \"c", "d", "x"])
        #expect(read.rows[0][3] == "2026-01-01112")
    }

    @Test("expressions may use a limited number of columns, which the error states")
    func limit() throws {
        let names = (1...600).map { "c\($0)" }
        let wide = SourceTable(names: names, rows: [names.map { .text($0) }])
        func read(_ count: Int) throws -> RowsRead {
            // In pairs, because SQLite limits the depth of an expression.
            let halves = [names.prefix(count / 2), names.prefix(count).suffix(count - count / 2)]
            let fields = halves.enumerated().map { Model.CalculatedField("x\($0)", $1.map { "(\($0) IS NULL)" }.joined(separator: " + ")) }
            var model = Model(calculated: fields)
            model.used = ["x0", "x1"]
            return try wide.read(from: .csv, model)
        }
        #expect(try read(500).rows[0].suffix(2) == ["0", "0"])
        let found = issues { _ = try read(501) }
        #expect(found.map(\.code) == ["sources.bad_expression"])
        #expect(found.first?.message.contains("501") == true && found.first?.message.contains("500") == true)
    }
}
