import HooklineCore

/// Makes one aggregated field, for every key of the related rows.
struct Aggregation {
    /// The field's column.
    let column: Column
    private let field: AggregatedField
    private let rules: RuleEvaluator?
    /// The indexes of the related columns.
    private let values: Int?
    private let order: Int?
    private let orderType: ColumnType
    private let valueType: ColumnType
    private var counts: [Int64] = []
    private var sums: [DecimalSum] = []
    private var best: [(order: CellValue?, value: CellValue?)?] = []
    /// The keys for which some value that counts could not be read.
    private var unknown: Set<Int> = []
    private var selection: [UInt8] = []

    /// - Parameters:
    ///   - field: the field.
    ///   - columns: the columns of the related rows.
    ///   - now: the start of the run, in Unix seconds.
    ///   - zone: the zone of days in conditions.
    ///   - relation: the relation, for messages.
    /// - Throws: `IssuesFound` if the condition or a column does not fit; `sources.bad_relation` if the function does not take the column.
    init(_ field: AggregatedField, _ columns: [Column], now: Int64, zone: ZoneOffsets, relation: Relation) throws {
        self.field = field
        func index(_ name: String?) throws -> Int? {
            guard let name else { return nil }
            guard let index = columns.firstIndex(where: { $0.name == name }) else {
                throw IssuesFound([
                    Issue(
                        SourceError.Code.unknownColumn.rawValue,
                        "'\(name)' is not a field of the related model '\(relation.name)'; it has \(ColumnNames.listed(columns.map(\.name)))",
                        at: field.position ?? relation.position)
                ])
            }
            return index
        }
        (values, order) = (try index(field.field), try index(field.order))
        rules = try field.condition.map { try RuleEvaluator($0, columns: columns, now: now, zone: zone) }
        let source = values.map { columns[$0] }
        valueType = source?.type ?? .integer
        orderType = order.map { columns[$0].type } ?? .integer
        if let allowed = Self.problem(field.function, source, order.map { columns[$0] }) {
            throw IssuesFound([
                Issue(
                    SourceError.Code.badRelation.rawValue, "the field '\(field.name)' cannot be made: \(allowed)",
                    at: field.position ?? relation.position)
            ])
        }
        let type = field.function.type ?? valueType
        column =
            field.function.type == nil
            ? Column(field.name, type, origin: source?.origin ?? .source, format: source?.format ?? ColumnFormat())
            : Column(field.name, type, origin: .source)
    }

    /// What is wrong with the columns; nil if nothing is.
    private static func problem(_ function: AggregatedField.Function, _ value: Column?, _ order: Column?) -> String? {
        func line(_ column: Column, _ type: String) -> String {
            column.origin == .unknown ? "; if it holds them, add \(column.line(declaring: type)) to the related model" : ""
        }
        switch function {
        case .count: return nil
        case .sum, .avg:
            guard let value, RelationKey.Kind(value.type) == .number else {
                return "'\(function.rawValue)' takes numbers, and '\(value?.name ?? "")' is \(value?.type.rawValue ?? "missing")"
                    + (value.map { line($0, "decimal") } ?? "")
            }
            return nil
        case .min, .max:
            guard let value, RelationKey.Kind(value.type) != nil, value.type != .text || value.origin == .declared else {
                return
                    "'\(function.rawValue)' takes numbers, dates, timestamps, and declared text, and '\(value?.name ?? "")' is \(value?.type.rawValue ?? "missing")"
                    + (value.map { line($0, "number") } ?? "")
            }
            return nil
        case .last:
            guard let order, let kind = RelationKey.Kind(order.type), kind != .text else {
                return "'by' takes a timestamp, a date, or a number, and '\(order?.name ?? "")' is \(order?.type.rawValue ?? "missing")"
                    + (order.map { line($0, "timestamp") } ?? "")
            }
            return nil
        }
    }

    /// Adds the rows of a batch.
    ///
    /// - Parameters:
    ///   - batch: related rows.
    ///   - groups: the number of each row's key; nil for a row without one.
    ///   - count: how many keys there are.
    mutating func add(_ batch: RecordBatch, groups: [Int?], count: Int) {
        let missing = count - counts.count
        counts.append(contentsOf: repeatElement(0, count: missing))
        if field.function == .sum || field.function == .avg { sums.append(contentsOf: repeatElement(DecimalSum(), count: missing)) }
        if [.min, .max, .last].contains(field.function) { best.append(contentsOf: repeatElement(nil, count: missing)) }
        rules?.evaluate(batch, into: &selection)
        for (row, group) in groups.enumerated() {
            guard let group, rules == nil || selection[row] == 1 else { continue }
            add(row, batch, to: group)
        }
    }

    private mutating func add(_ row: Int, _ batch: RecordBatch, to group: Int) {
        counts[group] += 1
        guard let values else { return }
        let cells = batch.columns[values]
        if cells.isUnreadable(row) || order.map({ batch.columns[$0].isUnreadable(row) }) == true { unknown.insert(group) }
        let value = CellValue(cells, row)
        switch field.function {
        case .count: break
        case .sum, .avg:
            switch value {
            case .integer(let value): sums[group].add(value)
            case .number(let value): sums[group].add(value.decimalBytes)
            case .bytes(let bytes): sums[group].add(bytes)
            case nil: break
            }
        case .min, .max:
            guard let value else { return }
            guard let other = best[group]?.value else { return best[group] = (nil, value) }
            let order = CellValue.compare(value, other, as: valueType)
            if field.function == .min ? order < 0 : order > 0 { best[group] = (nil, value) }
        case .last:
            guard let order, let time = CellValue(batch.columns[order], row) else { return }
            guard let other = best[group], let otherTime = other.order else { return best[group] = (time, value) }
            let later = CellValue.compare(time, otherTime, as: orderType)
            // Of several last rows, the greatest value counts, so that the order of the rows does not matter.
            if later > 0 || (later == 0 && isGreater(value, other.value)) { best[group] = (time, value) }
        }
    }

    private func isGreater(_ value: CellValue?, _ other: CellValue?) -> Bool {
        guard let value else { return false }
        return other.map { CellValue.compare(value, $0, as: valueType) > 0 } ?? true
    }

    /// Appends the field of a row.
    ///
    /// - Parameters:
    ///   - group: the number of the row's key; nil if no related row has it.
    ///   - buffer: the field's values.
    func append(_ group: Int?, to buffer: inout ColumnBuffer) {
        if let group, unknown.contains(group) { return buffer.appendUnreadable() }
        switch field.function {
        case .count: buffer.append(integer: group.map { counts[$0] } ?? 0)
        case .sum:
            if let group, sums[group].count > 0 { buffer.append(text: sums[group].text) } else { buffer.appendNull() }
        case .avg:
            if let group, let average = sums[group].average { buffer.append(text: average) } else { buffer.appendNull() }
        case .min, .max, .last:
            if let group, let value = best[group]?.value { value.append(to: &buffer) } else { buffer.appendNull() }
        }
    }

    /// About how many bytes it takes per key.
    static let size = 96
}
