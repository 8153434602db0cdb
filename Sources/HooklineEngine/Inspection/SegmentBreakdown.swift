import HooklineCore

/// How the values of fields are distributed over a segment and over its model.
///
/// A user is an address. In the model, the user's first row counts; in the segment, the first that the rules pick. Takes 17 to 50 bytes of
/// memory for each user, with a consent rule as many again, and at most 200,000 values of a field.
package struct SegmentBreakdown: Sendable {
    /// One value, or several together.
    package struct Share: Sendable {
        package var users = 0
        package var model = 0
    }

    /// One field.
    package struct Field: Sendable {
        package let name: String
        package let type: ColumnType
        /// The most frequent values in the segment, most frequent first; longer ones are cut.
        package fileprivate(set) var top: [(value: String, share: Share)] = []
        /// The other values.
        package fileprivate(set) var others = Share()
        /// How many other values there are; at least so many if not all values were told apart.
        package fileprivate(set) var otherValues = 0
        package fileprivate(set) var null = Share()
        package fileprivate(set) var unreadable = Share()
        /// Whether all values were told apart. Those that came after too many others are among the others.
        package fileprivate(set) var isComplete = true
    }

    /// Users.
    package private(set) var total = Share()
    package private(set) var fields: [Field] = []
    package let warnings: [RunWarning]

    /// The most values of a field that are shown.
    package static let shownLimit = 20

    /// Breaks a segment down.
    ///
    /// - Parameters:
    ///   - pass: reads the rows, these fields among their columns.
    ///   - names: the fields.
    ///   - valueLimit: how many values of a field are told apart.
    /// - Throws: `IssuesFound` for a field that the model lacks; what the pass throws.
    package init(_ pass: SegmentPass, by names: [String], valueLimit: Int = 200_000) throws {
        var counters: [ValueCounter] = []
        var users = HashTable()
        // With a consent rule, a later row may refuse for a user who was counted.
        let mayRefuse = pass.activation.consent != nil
        var kept: [SubscriberHash] = []
        var total = Share()
        let found = try pass.read(willRead: { columns in
            for name in names {
                guard let index = columns.firstIndex(where: { $0.name == name }) else {
                    throw IssuesFound([ActivationChecker.unknownField(name, columns)])
                }
                counters.append(ValueCounter(columns[index], at: index, limit: valueLimit, keepsNumbers: mayRefuse))
            }
        }) { batch, _ in
            for row in 0..<batch.records.count where batch.ownAddresses.readings[row] == .address {
                let (hash, isPicked) = (batch.ownAddresses.hashes[row], batch.selection[row] == 1)
                let before = users.update(hash) { $0 | (isPicked ? 3 : 1) }
                let (isNew, enters) = (before == 0, isPicked && before & 2 == 0)
                if !isNew, !enters { continue }
                total.model += isNew ? 1 : 0
                total.users += enters ? 1 : 0
                if enters, mayRefuse { kept.append(hash) }
                for index in counters.indices { counters[index].count(batch.records, row, inModel: isNew, inSegment: enters) }
            }
        }
        for (index, hash) in kept.enumerated() where found.refused.mark(of: hash) != 0 {
            total.users -= 1
            for field in counters.indices { counters[field].takeBack(index) }
        }
        self.total = total
        fields = counters.map { $0.field(limit: Self.shownLimit) }
        warnings = found.warnings
    }
}

/// Counts the values of one field.
private struct ValueCounter {
    private let column: Column
    private let index: Int
    private let limit: Int
    private let keepsNumbers: Bool
    /// The number of each value, by its digest.
    private var numbers: [SubscriberHash: UInt32] = [:]
    private var texts: [String] = ["", "", ""]
    private var shares = Array(repeating: SegmentBreakdown.Share(), count: 3)
    /// The number of the value of each user in the segment.
    private var kept: [UInt32] = []
    private var isComplete = true

    private static let (null, unreadable, beyond) = (0, 1, 2)
    /// Characters of a value.
    private static let textLimit = 100

    init(_ column: Column, at index: Int, limit: Int, keepsNumbers: Bool) {
        (self.column, self.index, self.limit, self.keepsNumbers) = (column, index, limit, keepsNumbers)
    }

    mutating func count(_ batch: RecordBatch, _ row: Int, inModel: Bool, inSegment: Bool) {
        let number = number(batch.columns[index], row)
        if inModel { shares[number].model += 1 }
        if inSegment {
            shares[number].users += 1
            if keepsNumbers { kept.append(UInt32(number)) }
        }
    }

    /// Takes the user back who was the `user`th to enter, from 0.
    mutating func takeBack(_ user: Int) { shares[Int(kept[user])].users -= 1 }

    private mutating func number(_ values: ColumnBuffer, _ row: Int) -> Int {
        if values.isUnreadable(row) { return Self.unreadable }
        if values.isNull(row) { return Self.null }
        let digest =
            switch column.type.storage {
            case .bytes:
                values.bytes.withUnsafeBufferPointer {
                    SubscriberHash(digestOf: UnsafeBufferPointer(rebasing: $0[values.byteRange(row)]))
                }
            case .integers: SubscriberHash(high: 0, low: UInt64(bitPattern: values.integers[row]))
            // 0 and -0 are one number.
            case .numbers: SubscriberHash(high: 0, low: (values.numbers[row] + 0).bitPattern)
            }
        if let known = numbers[digest] { return Int(known) }
        if numbers.count >= limit {
            isComplete = false
            return Self.beyond
        }
        let text = values.shown(row) ?? ""
        numbers[digest] = UInt32(texts.count)
        texts.append(text.count > Self.textLimit ? text.prefix(Self.textLimit) + "…" : text)
        shares.append(SegmentBreakdown.Share())
        return texts.count - 1
    }

    func field(limit: Int) -> SegmentBreakdown.Field {
        var field = SegmentBreakdown.Field(name: column.name, type: column.type)
        (field.null, field.unreadable, field.others) = (shares[Self.null], shares[Self.unreadable], shares[Self.beyond])
        field.isComplete = isComplete
        // Values of the same users in the order of their texts, so that the answer does not follow from the order of the rows.
        let order = (3..<texts.count).sorted {
            let (left, right) = (shares[$0], shares[$1])
            if left.users != right.users { return left.users > right.users }
            return left.model != right.model ? left.model > right.model : texts[$0] < texts[$1]
        }
        field.top = order.prefix(limit).map { (texts[$0], shares[$0]) }
        for number in order.dropFirst(limit) {
            field.others.users += shares[number].users
            field.others.model += shares[number].model
        }
        field.otherValues = max(0, order.count - limit)
        return field
    }
}
