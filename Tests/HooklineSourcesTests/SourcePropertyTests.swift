import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("The same table in every kind of source")
struct SourcePropertyTests {
    /// A column with values of its type, as programs store them and as people write them.
    private struct RandomColumn {
        let type: ColumnType
        let format: ColumnFormat

        init(_ generator: inout SeededGenerator) {
            type = ColumnType.allCases.randomElement(using: &generator) ?? .text
            var format = ColumnFormat()
            if type == .timestamp || type == .date, Bool.random(using: &generator) {
                format.times = [.iso, .pattern("%d.%m.%Y"), .epochDays]
            }
            if type == .number, Bool.random(using: &generator) { format.decimal = UInt8(ascii: ",") }
            if type == .list, Bool.random(using: &generator) { format.separator = ";" }
            self.format = format
        }

        func cell(_ generator: inout SeededGenerator) -> SourceTable.Cell {
            func pick(_ cells: [SourceTable.Cell]) -> SourceTable.Cell { cells.randomElement(using: &generator) ?? .null }
            func text(_ texts: [String]) -> SourceTable.Cell { .text(texts.randomElement(using: &generator) ?? "") }
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: return .null
            case 1: return text(["", " ", "\u{A0}", "n/a", "NULL", "x y", "-"])
            default: break
            }
            switch type {
            case .text: return text(["a", " b", "é\u{A0}", "\"q\"", "1", "007", "a,b", "x\ny", "🙂"])
            case .integer: return pick([.integer(7), .integer(-1), .integer(.max), .integer(9_007_199_254_740_993), .text("12")])
            case .number:
                return format.decimal == 0x2C
                    ? text(["1,5", "-0,25", "7"])
                    : pick([.integer(7), .number(0.5), .text("1.5"), .integer(1 << 53), .integer(1 << 53 + 1)])
            case .decimal: return pick([.integer(7), .text("1.50"), .text("-0.1"), .number(0.25)])
            case .boolean: return pick([.text("yes"), .text("F"), .boolean(true), .boolean(false), .integer(1), .integer(2)])
            case .timestamp:
                return text([
                    "2026-05-01 09:59:00 +0200", "2026-03-29 02:30", "2026-10-25T02:30:00", "31.01.2026", "2026-13-01", "1777622340",
                ])
            case .date: return pick([.text("2026-05-01"), .text("31.01.2026"), .text("2026-02-30"), .integer(20_000), .text("20000")])
            case .json: return text(["{\"a\":1}", "[1, 2]", "{", "12"])
            case .list: return text(["[\"a\", \"b\"]", "a; b", "[]", ";"])
            }
        }
    }

    @Test("gives the same batches", arguments: 0..<60 as Range<UInt64>)
    func agree(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let columns = (0..<Int.random(in: 1...5, using: &generator)).map { _ in RandomColumn(&generator) }
        let names = columns.indices.map { "column \($0)" }
        var rows = (0..<Int.random(in: 1...40, using: &generator)).map { _ in columns.map { $0.cell(&generator) } }
        // A CSV file or database holds JSON as text, but JSONL holds such text as a string.
        for (index, column) in columns.enumerated() where column.type == .json { for row in rows.indices { rows[row][index] = .null } }
        let policy = [Model.BadValuePolicy.null, .drop].randomElement(using: &generator) ?? .null
        var model = Model(
            columns: zip(names, columns).map { .init($0, $1.type, format: $1.format) },
            calculated: [.init("sum", "\"column 0\" || '!'"), .init("none", "coalesce(CAST(\"column 0\" AS TEXT), 'none') = 'none'")],
            onBadValue: policy)
        model.columns.append(.init("none", .boolean))
        model.timezone = "Europe/Paris"
        if Bool.random(using: &generator) { model.used = Set(names.filter { _ in Bool.random(using: &generator) } + ["sum", "none"]) }
        let hasNullValues = Bool.random(using: &generator)
        let table = SourceTable(names: names, rows: rows)
        let read = try SourceTable.kinds(for: seed).map { kind in
            try table.read(from: kind, model) { $0.nullValues = hasNullValues ? ["NULL", "n/a"] : [] }
        }
        for other in read.dropFirst() {
            #expect(Set(other.columns.map(\.name)) == Set(read[0].columns.map(\.name)))
            for (index, column) in read[0].columns.enumerated() {
                let place = try #require(other.columns.firstIndex { $0.name == column.name })
                #expect(other.columns[place] == column)
                #expect(other.rows.map { $0[place] } == read[0].rows.map { $0[index] }, "\(column.name): \(column.type)")
            }
            #expect(other.numbers == read[0].numbers && other.rowsDropped == read[0].rowsDropped)
            #expect(Set(other.unreadable.map { "\($0)" }) == Set(read[0].unreadable.map { "\($0)" }))
            #expect(Set(other.nullWords.map { "\($0)" }) == Set(read[0].nullWords.map { "\($0)" }))
        }
    }
}
