import Support
import Testing

@testable import HooklineCore

@Suite("Percentiles")
struct PercentileTests {
    private static func picked(
        _ operation: Condition.Operation, _ percent: String, of values: [Cell], _ type: ColumnType = .integer, spilling: Spilling? = nil
    ) throws -> [Int] {
        let condition = Condition.test(
            Condition.Test(field: "v", operation: operation, value: .scalar(Literal(percent, .number))))
        let batch = RecordBatch([Column("v", type, origin: .declared)], rows: values.map { [$0] })
        let columns = batch.columns.map(\.column)
        let ranks = try Ranks(condition, batch, now: 0, zone: .utc, spilling: spilling)
        var selection: [UInt8] = []
        try RuleEvaluator(condition, columns: columns, now: 0, zone: .utc, ranks: ranks).evaluate(batch, into: &selection)
        return selection.indices.filter { selection[$0] == 1 }
    }

    @Test("pick the share of rows that they say, from both ends")
    func share() throws {
        let ten = (1...10).map { Cell.integer($0) }
        #expect(try Self.picked(.abovePercentile, "80", of: ten) == [8, 9])
        #expect(try Self.picked(.belowPercentile, "20", of: ten) == [0, 1])
        #expect(try Self.picked(.abovePercentile, "99", of: ten) == [])
        #expect(try Self.picked(.belowPercentile, "99", of: ten) == [0, 1, 2, 3, 4, 5, 6, 7, 8])
    }

    @Test("treat equal values alike, and let NULL and unreadable values neither count nor in")
    func ties() throws {
        #expect(try Self.picked(.abovePercentile, "50", of: [1, 5, 5, 5]) == [])
        #expect(try Self.picked(.abovePercentile, "25", of: [1, 5, 5, 5]) == [1, 2, 3])
        #expect(try Self.picked(.abovePercentile, "50", of: [nil, 1, .unreadable, 2, nil]) == [3])
        #expect(try Self.picked(.abovePercentile, "50", of: []) == [])
        #expect(try Self.picked(.belowPercentile, "50", of: [nil, nil]) == [])
        #expect(try Self.picked(.belowPercentile, "50", of: [7]) == [])
    }

    @Test("are exact for decimals of any length and scale, and of any sign")
    func decimals() throws {
        let long = String(repeating: "9", count: 40)
        let values = [
            "-\(long).5", "-\(long).25", "-0.1", "0", "0.000000000000000000001", "12.3400000000000000001", "12.34", "\(long)", "\(long).1",
        ]
        let order = [0, 1, 2, 3, 4, 6, 5, 7, 8]
        for place in 1..<9 {
            let percent = (100 * place + 8) / 9
            let found = try Self.picked(.abovePercentile, "\(percent)", of: values.map { .text($0) }, .decimal)
            let need = (percent * 9 + 99) / 100
            #expect(Set(found) == Set(order[need...]), "\(percent)")
        }
    }

    @Test("find the value at every place, whatever is kept outside of memory", arguments: ColumnType.allCases.filter(\.isMeasure))
    func places(_ type: ColumnType) throws {
        var random = SeededGenerator(seed: 5)
        let scratch = InMemoryScratch()
        var (inMemory, spilled) = (OrderedValues(type, nil), OrderedValues(type, Spilling(threshold: 100) { scratch }))
        var all: [CellValue] = []
        for _ in 0..<40 {
            var column = ColumnBuffer(Column("v", type))
            for _ in 0..<1_000 {
                let number = Int.random(in: -20_000...20_000, using: &random)
                switch type {
                case .integer, .timestamp:
                    column.append(
                        integer: [Int64(number), .max - Int64(abs(number)), .min + Int64(abs(number))].randomElement(using: &random)!)
                case .number: column.append(number: Double(number) / 7 * (number % 3 == 0 ? 1e200 : 1e-3))
                case .date: column.append(day: CalendarDate(daysSinceEpoch: number))
                default: column.append(text: "\(number / 100).\(abs(number) % 100)")
                }
            }
            column.appendNull()
            try inMemory.add(column)
            try spilled.add(column)
            all += (0..<1_000).compactMap { CellValue(column, $0) }
        }
        all.sort { CellValue.compare($0, $1, as: type) < 0 }
        #expect(inMemory.count == 40_000 && spilled.count == 40_000 && scratch.size > 40_000 * 6)
        for place in [0, 1, 17, 9_999, 20_000, 39_998, 39_999] {
            let found = try [inMemory, spilled].map { try #require(try $0.value(at: place)) }
            #expect(found.allSatisfy { CellValue.compare($0, all[place], as: type) == 0 }, "\(type) \(place)")
        }
        #expect(try inMemory.value(at: 40_000) == nil && spilled.value(at: -1) == nil)
    }

    @Test("refuse a percent or a column that makes no sense", arguments: ["0", "100", "-1", "80.5", "80%", "much"])
    func refused(_ percent: String) {
        #expect {
            _ = try Self.picked(.abovePercentile, percent, of: [1])
        } throws: { ($0 as? IssuesFound)?.issues.map(\.code) == ["manifest.value_type"] }
    }

    @Test("refuse a column without an order", arguments: [ColumnType.text, .boolean, .list, .json])
    func types(_ type: ColumnType) {
        #expect {
            _ = try Self.picked(.belowPercentile, "50", of: [nil], type)
        } throws: { ($0 as? IssuesFound)?.issues.map(\.code) == ["manifest.operation_type"] }
    }
}
