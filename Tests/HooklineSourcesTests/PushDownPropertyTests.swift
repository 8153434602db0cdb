import Foundation
import GRDB
import HooklineCore
import Support
import Synchronization
import Testing

@testable import HooklineSources

@Suite("Rules that a source evaluates itself")
struct PushDownPropertyTests {
    static let kinds: [SourceConfiguration.Kind] = [.sqlite, .duckdb, .postgres, .odbc]

    @Test("pick the rows, and leave a plan the counts and warnings, that reading all rows does", arguments: UInt64(1)...60)
    func agree(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let table = TypedTable(isMessy: seed % 6 == 0, &random)
        let rules = Condition.all([TypedTable.condition(depth: 3, &random), .test(TypedTable.test(&random))])
        for kind in Self.kinds {
            try table.with(kind, rules) { source, model in
                let all = try RuleReading(source, model, rules, pushes: false)
                let pushed = try RuleReading(source, model, rules, pushes: true)
                #expect(pushed.picked == all.picked, "seed \(seed), \(kind), \(rules)")
                #expect(pushed.rows == all.rows && pushed.unseen == all.unseen, "seed \(seed), \(kind), \(rules)")
                #expect(pushed.unreadable == all.unreadable, "seed \(seed), \(kind)")
                #expect(pushed.leftOut != nil)
            }
        }
    }

    @Test("are pushed down often enough for the tests to mean something", arguments: [SourceConfiguration.Kind.sqlite, .postgres])
    func often(kind: SourceConfiguration.Kind) throws {
        var (pushed, unread) = (0, 0)
        for seed in UInt64(1_001)...1_030 {
            var random = SeededGenerator(seed: seed)
            let table = TypedTable(isMessy: false, &random)
            let rules = Condition.all([TypedTable.condition(depth: 3, &random), .test(TypedTable.test(&random))])
            try table.with(kind, rules) { source, model in
                let reading = try RuleReading(source, model, rules, pushes: true)
                guard let pushDown = reading.leftOut?.pushDown, pushDown.reason == nil else { return }
                (pushed, unread) = (pushed + 1, unread + pushDown.unread)
            }
        }
        #expect(pushed >= 8 && unread >= 80, "\(pushed) of 30, \(unread) rows")
    }

    @Test("are pushed down in every database", arguments: kinds)
    func pushed(kind: SourceConfiguration.Kind) throws {
        var random = SeededGenerator(seed: 7)
        let table = TypedTable(isMessy: false, &random)
        var (tests, refused) = (0, [String]())
        for (field, type) in TypedTable.fields where kind != .sqlite || type != .decimal {
            let test = Condition.test(
                .init(
                    field: field, operation: .notEqual,
                    value: .scalar(type == .date ? Literal("2026-01-01", .day) : TypedTable.literal(type, &random))))
            try table.with(kind, test) { source, model in
                let reading = try RuleReading(source, model, test, pushes: true)
                let all = try RuleReading(source, model, test, pushes: false)
                #expect(reading.picked == all.picked)
                tests += 1
                let pushDown = try #require(reading.leftOut?.pushDown)
                if pushDown.reason != nil { refused.append("\(field): \(pushDown.reason ?? "")") }
                #expect(reading.read == reading.rows - pushDown.unread)
            }
        }
        #expect(refused.isEmpty)
        #expect(tests > 5)
    }
}

/// What reading a table through rules finds.
struct RuleReading {
    var picked: [String] = []
    var unseen: [RuleEvaluator.Unseen] = []
    var unreadable: [ColumnCount] = []
    var leftOut: RowsLeftOut?
    var read = 0
    var rows: Int { read + (leftOut?.pushDown.unread ?? 0) }

    init(_ source: SourceConfiguration, _ model: Model, _ condition: Condition, pushes: Bool) throws {
        let cursor = try SourceFactory.source(source, model: model).open(at: RandomRules.now) { false }
        let rules = try RuleEvaluator(condition, columns: cursor.columns, now: RandomRules.now, zone: .utc)
        if pushes {
            let filter = try #require(RowFilter(rules, email: "email", key: model.primaryKey))
            leftOut = try cursor.leaveOut(by: filter)
            rules.noteSeen(leftOut?.seen ?? [])
        }
        var batch = RecordBatch(columns: cursor.columns)
        var selection: [UInt8] = []
        let id = try #require(cursor.columns.firstIndex { $0.name == "id" })
        while try cursor.read(into: &batch, limit: 7) {
            rules.evaluate(batch, into: &selection)
            picked += selection.indices.filter { selection[$0] == 1 }.map { batch.columns[id].described($0) ?? "" }
        }
        (read, unseen, unreadable) = (cursor.rowsRead, rules.unseen, cursor.unreadable)
    }
}
