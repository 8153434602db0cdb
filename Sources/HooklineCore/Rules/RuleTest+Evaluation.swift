extension RuleTest {
    /// Tests each value of a column. Tests of NULL are unknown, except `is_null` and `is_not_null`; tests of unreadable values always are.
    func evaluate(_ column: ColumnBuffer) -> [Truth] {
        switch self {
        case .isNull: column.valid.map { $0 == 2 ? .unknown : Truth($0 == 0) }
        case .isNotNull: column.valid.map { $0 == 2 ? .unknown : Truth($0 == 1) }
        case .unknown: Array(repeating: .unknown, count: column.count)
        case .integers(let comparison):
            column.integers.withUnsafeBufferPointer { values in
                perRow(column) { row in comparison.holds { Self.order(values[row], $0) } }
            }
        case .numbers(let comparison):
            column.numbers.withUnsafeBufferPointer { values in
                perRow(column) { row in comparison.holds { Self.order(values[row], $0) } }
            }
        case .moments(let ranges, let hasNull, let negated):
            column.integers.withUnsafeBufferPointer { values in
                perRow(column) { row in
                    Truth(found: ranges.contains { $0.contains(values[row]) }, hasNull: hasNull, negated: negated)
                }
            }
        case .anniversary(let window, let zone): anniversaries(column, window, zone)
        case .bytes(let comparison): perBytes(column) { value in comparison.holds { Self.order(value, $0) } }
        case .decimals(let comparison): perBytes(column) { value in comparison.holds { DecimalText.compare(value, $0) } }
        case .search(let search, let hasNull, let negated):
            perBytes(column) { Truth(found: search.finds($0), hasNull: hasNull, negated: negated) }
        case .part(let part, let text, let ignoresCase): parts(column, part, text, ignoresCase)
        case .matches(let pattern):
            perBytes(column) { value in
                Truth((try? pattern.firstMatch(in: String(decoding: value, as: UTF8.self))) != nil)
            }
        case .list(let items, let all):
            perBytes(column) { list in
                Truth(all ? items.allSatisfy { ListText.contains(list, $0) } : items.contains { ListText.contains(list, $0) })
            }
        }
    }

    private func anniversaries(_ column: ColumnBuffer, _ window: AnniversaryWindow, _ zone: ZoneOffsets) -> [Truth] {
        if column.column.type == .date {
            return perBytes(column) { Truth(CalendarDate($0).map(window.holds) ?? false) }
        }
        return column.integers.withUnsafeBufferPointer { values in
            perRow(column) { Truth(window.holds(zone.day(of: values[$0]))) }
        }
    }

    private func parts(_ column: ColumnBuffer, _ part: Part, _ text: [UInt8], _ ignoresCase: Bool) -> [Truth] {
        func holds(_ value: UnsafeBufferPointer<UInt8>) -> Truth {
            switch part {
            case .contains: Truth(Self.contains(value, text))
            case .startsWith: Truth(value.starts(with: text))
            case .endsWith: Truth(value.suffix(text.count).elementsEqual(text))
            }
        }
        guard ignoresCase else { return perBytes(column, holds) }
        var folded: [UInt8] = []
        return perBytes(column) { value in
            CaseFolding.fold(value, into: &folded)
            return folded.withUnsafeBufferPointer(holds)
        }
    }

    private func perRow(_ column: ColumnBuffer, _ test: (Int) -> Truth) -> [Truth] {
        column.valid.indices.map { column.valid[$0] == 1 ? test($0) : .unknown }
    }

    private func perBytes(_ column: ColumnBuffer, _ test: (UnsafeBufferPointer<UInt8>) -> Truth) -> [Truth] {
        column.bytes.withUnsafeBufferPointer { bytes in
            column.offsets.withUnsafeBufferPointer { offsets in
                perRow(column) { row in
                    test(UnsafeBufferPointer(rebasing: bytes[Int(offsets[row])..<Int(offsets[row + 1])]))
                }
            }
        }
    }

    private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int { left < right ? -1 : left == right ? 0 : 1 }

    private static func order(_ left: UnsafeBufferPointer<UInt8>, _ right: [UInt8]) -> Int {
        let shared = min(left.count, right.count)
        for index in 0..<shared where left[index] != right[index] { return left[index] < right[index] ? -1 : 1 }
        return left.count - right.count
    }

    private static func contains(_ value: UnsafeBufferPointer<UInt8>, _ part: [UInt8]) -> Bool {
        guard let first = part.first else { return true }
        guard value.count >= part.count else { return false }
        for start in 0...(value.count - part.count) where value[start] == first {
            if value[start..<(start + part.count)].elementsEqual(part) { return true }
        }
        return false
    }
}
