import HooklineCore
import Text

/// The related rows of one relation, aggregated by their key in one pass over the related model.
final class RelatedTable: @unchecked Sendable {
    // Unchecked because it changes only while it is read, and only one thread reads it.
    /// The most memory that the keys and their fields take, in bytes.
    static let memoryLimit = 1 << 30

    private let relation: Relation
    private let cursor: any RowCursor
    private let keyColumn: Int
    private let memoryLimit: Int
    private var aggregations: [Aggregation]
    private var groups: [RelationKey: Int] = [:]
    private var bytes = 0

    /// Opens the related model.
    ///
    /// - Throws: what opening it throws; `IssuesFound` if a field does not fit.
    init(
        _ relation: Relation, now: Int64, memoryLimit: Int = RelatedTable.memoryLimit, isCancelled: @escaping @Sendable () -> Bool
    ) throws {
        self.relation = relation
        self.memoryLimit = memoryLimit
        var model = relation.model
        model.used = relation.aggregates.reduce(into: [relation.relatedKey]) { $0.formUnion($1.relatedFields) }
        model.primaryKey = nil
        let cursor = try SourceFactory.source(relation.source, model: model).open(at: now, isCancelled: isCancelled)
        self.cursor = cursor
        guard let key = cursor.columns.firstIndex(where: { $0.name == relation.relatedKey }) else {
            throw IssuesFound([
                Issue(
                    SourceError.Code.unknownColumn.rawValue,
                    "'\(relation.relatedKey)' is not a field of the related model '\(relation.name)'; it has "
                        + ColumnNames.listed(cursor.columns.map(\.name)),
                    at: relation.position)
            ])
        }
        keyColumn = key
        let zone = ZoneOffsets(named: model.timezone) ?? .utc
        aggregations = try relation.aggregates.map {
            try Aggregation($0, cursor.columns, now: now, zone: zone, relation: relation)
        }
    }

    /// The aggregated fields.
    var columns: [Column] { aggregations.map(\.column) }

    /// Checks that the keys of both sides can be equal.
    ///
    /// - Throws: `IssuesFound` with `sources.bad_relation`.
    func check(_ own: Column) throws {
        let related = cursor.columns[keyColumn]
        guard let kind = RelationKey.Kind(own.type), kind == RelationKey.Kind(related.type) else {
            let untyped = [own, related].filter { $0.origin == .unknown }.map { column in
                column.line(declaring: (column == own ? related : own).type.rawValue)
            }
            throw IssuesFound([
                Issue(
                    SourceError.Code.badRelation.rawValue,
                    "the keys of the relation '\(relation.name)' cannot be equal: '\(own.name)' is \(own.type.rawValue), and '\(related.name)' is "
                        + related.type.rawValue
                        + (untyped.isEmpty
                            ? "; declare both in columns: as one type" : "; add \(untyped.joined(separator: " and ")) to its model"),
                    at: relation.position)
            ])
        }
    }

    /// Reads the related rows to the end.
    ///
    /// - Throws: the source's error; `sources.bad_value` for a key that cannot be read; `sources.relation_too_large`; `CancellationError`.
    func read() throws {
        var batch = RecordBatch(columns: cursor.columns)
        var numbers: [Int?] = []
        while try cursor.read(into: &batch, limit: RecordBatch.defaultRows) {
            if Task.isCancelled { throw CancellationError() }
            let keys = batch.columns[keyColumn]
            numbers.removeAll(keepingCapacity: true)
            for row in 0..<batch.count {
                if keys.isUnreadable(row) {
                    throw SourceError(
                        .badValue, at: .init(relation.source.name, row: batch.rowNumbers[row]),
                        "the key '\(relation.relatedKey)' of the relation '\(relation.name)' cannot be read, so nobody knows whose row it is; "
                            + "correct it, or leave such rows out with a query")
                }
                numbers.append(try RelationKey(keys, row).map(number))
            }
            for index in aggregations.indices { aggregations[index].add(batch, groups: numbers, count: groups.count) }
        }
    }

    /// The number of a key, which is new if it has none.
    private func number(_ key: RelationKey) throws -> Int {
        if let number = groups[key] { return number }
        bytes += key.size + Aggregation.size * aggregations.count
        guard bytes <= memoryLimit else {
            throw SourceError(
                .relationTooLarge, at: .init(relation.source.name),
                "the relation '\(relation.name)' has more keys than fit \(NumberText.grouped(memoryLimit >> 20)) MB "
                    + "(\(NumberText.counted(groups.count, "key", "keys")) so far); aggregate its rows in the source, with sql: and GROUP BY"
            )
        }
        groups[key] = groups.count
        return groups.count - 1
    }

    /// Appends the aggregated fields of every row of a batch.
    ///
    /// - Parameters:
    ///   - batch: rows of the model itself.
    ///   - key: the index of their key.
    ///   - first: the index of the first aggregated field.
    func append(to batch: inout RecordBatch, key: Int, from first: Int) {
        let keys = batch.columns[key]
        for row in 0..<batch.count {
            if keys.isUnreadable(row) {
                for index in aggregations.indices { batch.columns[first + index].appendUnreadable() }
                continue
            }
            let group = RelationKey(keys, row).flatMap { groups[$0] }
            for index in aggregations.indices { aggregations[index].append(group, to: &batch.columns[first + index]) }
        }
    }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { cursor.setCancellationCheck(isCancelled) }
}
