import HooklineCore
import Support
import Testing

@testable import HooklineSources

@Suite("Random rules over a table in every kind of source")
struct RulesOverSourcesTests {
    @Test("select the rows that SQLite selects from its own typed columns", arguments: UInt64(1)...200)
    func agree(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rules = RandomRules(compares: seed > 150)
        let rows = (0..<30).map { _ in
            RandomRules.columns.map { column in
                let cell = rules.cell(column.type, &random)
                // Any text is text.
                return column.type == .text && cell == .unreadable ? Cell.null : cell
            }
        }
        let condition = rules.condition(depth: 3, &random)
        let picked = try rules.pickedBySQL(condition, rows)
        let columns = RandomRules.keyedColumns
        let table = SourceTable(
            names: columns.map(\.name), rows: rules.keyed(rows).map { row in zip(row, columns).map { written($0, $1.type) } })
        var model = Model(columns: columns.map { .init($0.name, $0.type) }, onBadValue: .null)
        if Bool.random(using: &random) { model.used = condition.fields.union(["t"]) }
        let zone = try #require(ZoneOffsets(named: RandomRules.zone))
        for kind in SourceTable.kinds(for: seed) {
            let selected = try table.selected(from: kind, model, by: condition, zone) { $0.trims = false }
            #expect(selected == picked, "seed \(seed), \(kind): \(rules.sql(condition))")
        }
    }

    /// A value as a program writes it.
    private func written(_ cell: Cell, _ type: ColumnType) -> SourceTable.Cell {
        switch (cell, type) {
        case (.null, _): .null
        case (.unreadable, _): .text("?")
        case (.text(let text), _): .text(text)
        case (.integer(let value), .boolean): .boolean(value == 1)
        case (.integer(let value), .timestamp): .text(Timestamp.text(value))
        case (.integer(let value), _): .integer(value)
        case (.number(let value), _): .number(value)
        }
    }
}
