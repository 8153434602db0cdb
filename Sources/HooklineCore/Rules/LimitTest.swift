/// A limit, compiled.
struct LimitTest {
    let limit: SegmentLimit
    /// The rules of its segment.
    let rules: RuleEvaluator.Node
    /// The indexes of the field and of the primary key.
    let field: Int
    let key: Int
    let order: LimitOrder
    /// Whether it can be found which rows stay in: everything is known that its rules compare rows with.
    let isReady: Bool
    /// The rows that stay in; nil before they are known.
    let members: LimitMembers?

    /// Where a row stands; nil without a key.
    func place(_ row: Int, of batch: RecordBatch) -> LimitPlace? {
        CellValue(batch.columns[key], row).map { LimitPlace(value: CellValue(batch.columns[field], row), key: $0) }
    }

    /// Whether a row that meets the rules stays in.
    func holds(_ row: Int, of batch: RecordBatch) -> Truth {
        guard let members, !batch.columns[field].isUnreadable(row), !batch.columns[key].isUnreadable(row) else { return .unknown }
        guard let place = place(row, of: batch) else { return .no }
        return Truth(members.has(place, order))
    }
}

/// The order of the rows of a limit.
struct LimitOrder: Sendable {
    let fieldType: ColumnType
    let keyType: ColumnType
    let isDescending: Bool

    /// Whether a row comes before another one.
    func precedes(_ left: LimitPlace, _ right: LimitPlace) -> Bool {
        let byValue =
            switch (left.value, right.value) {
            case (nil, nil): 0
            case (nil, _): 1
            case (_, nil): -1
            case (let left?, let right?): CellValue.compare(left, right, as: fieldType) * (isDescending ? -1 : 1)
            }
        return byValue != 0 ? byValue < 0 : CellValue.compare(left.key, right.key, as: keyType) < 0
    }
}

/// What decides where a row stands.
struct LimitPlace: Sendable {
    /// Nil for NULL, which comes last.
    let value: CellValue?
    let key: CellValue
}

/// The rows that stay in.
struct LimitMembers: Sendable {
    /// How many rows met the rules.
    let met: Int
    /// How many stay in.
    let count: Int
    /// Their keys: a row that comes to the source while it is read a second time is not one of them.
    private let keys: Set<CellValue>
    /// The first row that is out; nil if none is.
    private let end: LimitPlace?
    /// The value of the last row that is in; nil if none is out, or the value is NULL.
    let lastValue: CellValue?

    init(met: Int, places: [LimitPlace], last: LimitPlace?, end: LimitPlace?) {
        self.met = met
        count = places.count
        keys = Set(places.map(\.key))
        self.end = end
        lastValue = end == nil ? nil : last?.value
    }

    func has(_ place: LimitPlace, _ order: LimitOrder) -> Bool {
        keys.contains(place.key) && end.map { order.precedes(place, $0) } != false
    }
}
