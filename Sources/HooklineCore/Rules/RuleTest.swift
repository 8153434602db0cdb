/// A test whose value has the type of its column.
enum RuleTest {
    case isNull
    case isNotNull
    /// Neither true nor false, like a comparison with a list that contains only NULL.
    case unknown
    case integers(Comparison<Int64>)
    case numbers(Comparison<Double>)
    case bytes(Comparison<[UInt8]>)
    case decimals(Comparison<[UInt8]>)
    case contains([UInt8])
    case startsWith([UInt8])
    case endsWith([UInt8])
    case matches(Regex<AnyRegexOutput>)

    /// A comparison with one or more values.
    enum Comparison<Value> {
        case equal(Value), notEqual(Value)
        case less(Value), lessOrEqual(Value), greater(Value), greaterOrEqual(Value)
        case between(Value, Value)
        /// `in`, or `not_in` if `negated`; if the list `hasNull`, a value that is not in it is unknown.
        case oneOf([Value], hasNull: Bool, negated: Bool)
    }

    func evaluate(_ column: ColumnBuffer) -> [Truth] {
        switch self {
        case .isNull: column.valid.map { Truth($0 == 0) }
        case .isNotNull: column.valid.map { Truth($0 != 0) }
        case .unknown: Array(repeating: .unknown, count: column.count)
        case .integers(let comparison):
            column.integers.withUnsafeBufferPointer { values in
                perRow(column) { row in comparison.holds { Self.order(values[row], $0) } }
            }
        case .numbers(let comparison):
            column.numbers.withUnsafeBufferPointer { values in
                perRow(column) { row in comparison.holds { Self.order(values[row], $0) } }
            }
        case .bytes(let comparison): perBytes(column) { value in comparison.holds { Self.order(value, $0) } }
        case .decimals(let comparison): perBytes(column) { value in comparison.holds { DecimalText.compare(value, $0) } }
        case .contains(let part): perBytes(column) { Truth(Self.contains($0, part)) }
        case .startsWith(let part): perBytes(column) { Truth($0.starts(with: part)) }
        case .endsWith(let part): perBytes(column) { Truth($0.suffix(part.count).elementsEqual(part)) }
        case .matches(let pattern):
            perBytes(column) { value in
                Truth((try? pattern.firstMatch(in: String(decoding: value, as: UTF8.self))) != nil)
            }
        }
    }

    private func perRow(_ column: ColumnBuffer, _ test: (Int) -> Truth) -> [Truth] {
        column.valid.indices.map { column.valid[$0] == 0 ? .unknown : test($0) }
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

extension RuleTest.Comparison {
    /// Whether it holds for a value that `order` compares with others: negative if it is smaller, 0 if equal, positive if greater.
    func holds(_ order: (Value) -> Int) -> Truth {
        switch self {
        case .equal(let value): Truth(order(value) == 0)
        case .notEqual(let value): Truth(order(value) != 0)
        case .less(let value): Truth(order(value) < 0)
        case .lessOrEqual(let value): Truth(order(value) <= 0)
        case .greater(let value): Truth(order(value) > 0)
        case .greaterOrEqual(let value): Truth(order(value) >= 0)
        case .between(let low, let high): Truth(order(low) >= 0 && order(high) <= 0)
        case .oneOf(let values, let hasNull, let negated):
            if values.contains(where: { order($0) == 0 }) { Truth(!negated) } else { hasNull ? .unknown : Truth(negated) }
        }
    }
}
