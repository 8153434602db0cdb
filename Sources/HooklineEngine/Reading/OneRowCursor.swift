import HooklineCore

/// Reads all rows of a source, then returns the one that counts for each user (`one_row_per`), in the source's order.
///
/// A row without a key is a user of its own. The cursor holds all rows in memory. It frees superseded rows, unless they are shown, once
/// they are the majority.
final class OneRowCursor: RowCursor, @unchecked Sendable {
    private let cursor: any RowCursor
    private let makeReadAhead: () -> ReadAhead
    /// What the source counted.
    private var counted = RowCounts()
    private var key: UserKey
    private let order: RowOrder
    /// Whether to return superseded rows, too.
    private let showsSuperseded: Bool

    private var rows: [RecordBatch] = []
    /// For each row in `rows`, whether it counts.
    private var counts: [[Bool]] = []
    private var users: [SubscriberHash: User] = [:]
    private var superseded = 0
    private var hasRead = false
    private var next = Place(batch: 0, row: 0)

    /// Sees every row when it is read; nil if nobody needs to.
    var inspect: ((RecordBatch) throws -> Void)?

    /// The number of the row that counts, by the number of each superseded row that is shown; 0 if none counts.
    private var instead: [Int: Int] = [:]
    /// How many superseded rows were not returned.
    private(set) var withheld = 0
    /// The numbers of rows that the source left out.
    private(set) var leftOut: [Range<Int>] = []
    /// The users who have no row that counts, because it is unknown which is the newest; each by one of its rows.
    private(set) var unknown = RowCount()

    private struct Place {
        var batch: Int
        var row: Int
    }

    private struct User {
        var place: Place
        /// Whether another row is as new as this one.
        var isTied = false
        /// Whether a row with an unknown value may be newer than all others.
        var isUnknown = false

        var hasWinner: Bool { !isTied && !isUnknown }
    }

    /// - Parameters:
    ///   - cursor: the source's rows, before the first one.
    ///   - oneRow: what a user's rows share, and which of them counts.
    ///   - emailField: the column of addresses.
    ///   - showsSuperseded: whether to return superseded rows, too.
    ///   - readAhead: reads a cursor.
    init(
        _ cursor: any RowCursor, _ oneRow: Model.OneRow, emailField: String, showsSuperseded: Bool,
        readAhead: @escaping (any RowCursor) -> ReadAhead
    ) {
        self.cursor = cursor
        makeReadAhead = { readAhead(cursor) }
        self.showsSuperseded = showsSuperseded
        key = UserKey(oneRow.key, cursor.columns, emailField: emailField)
        order = RowOrder(oneRow.keep, cursor.columns)
    }

    var columns: [Column] { cursor.columns }
    var rowsRead: Int { counted.rowsRead }
    var rowsDropped: Int { counted.rowsDropped }
    var unreadable: [ColumnCount] { counted.unreadable(of: columns) }
    var nullWords: [ColumnCount] { counted.nullWords(of: columns) }

    /// Whether a returned row is superseded.
    func isSuperseded(_ number: Int) -> Bool { !instead.isEmpty && instead[number] != nil }

    /// The number of the row that counts instead of another; nil if it is unknown which row is the newest.
    func row(instead number: Int) -> Int? { instead[number].flatMap { $0 == 0 ? nil : $0 } }

    func read(into batch: inout RecordBatch, limit: Int) throws -> Bool {
        if !hasRead {
            try readAll()
            hasRead = true
        }
        batch.removeAll()
        while batch.count < limit, next.batch < rows.count {
            if next.row == rows[next.batch].count {
                rows[next.batch].removeAll()
                next = Place(batch: next.batch + 1, row: 0)
                continue
            }
            if showsSuperseded || counts[next.batch][next.row] { batch.append(next.row, of: rows[next.batch]) }
            next.row += 1
        }
        return batch.count > 0
    }

    private func readAll() throws {
        let source = makeReadAhead()
        defer { source.end() }
        var (read, last) = (UserBatch(columns: cursor.columns), 0)
        while try source.next(&read) {
            let batch = read.records
            try inspect?(batch)
            for number in batch.rowNumbers {
                if number > last + 1 { leftOut.append(last + 1..<number) }
                last = number
            }
            rows.append(batch)
            counts.append(Array(repeating: true, count: batch.count))
            for row in 0..<batch.count { meet(Place(batch: rows.count - 1, row: row)) }
            read = UserBatch(columns: cursor.columns)
            let held = users.count + superseded
            if !showsSuperseded, superseded > Self.fewRows, superseded * 2 > held { compact() }
        }
        counted = source.counts
        if rowsRead > last { leftOut.append(last + 1..<rowsRead + 1) }
        for user in users.values where !user.hasWinner {
            unknown.add(rows[user.place.batch].rowNumbers[user.place.row])
            supersede(user.place)
        }
        if showsSuperseded { nameWinners() }
    }

    /// With fewer superseded rows, freeing their memory is not worth copying the others.
    private static let fewRows = 100_000

    private func meet(_ place: Place) {
        guard let hash = key.hash(place.row, of: rows[place.batch]) else { return }
        guard var user = users[hash] else {
            users[hash] = User(place: place)
            return
        }
        switch order.compare(user.place.row, of: rows[user.place.batch], place.row, of: rows[place.batch]) {
        case .later:
            supersede(user.place)
            (user.place, user.isTied) = (place, false)
        case .earlier: supersede(place)
        case .same:
            supersede(place)
            user.isTied = true
        case .unknown:
            supersede(place)
            user.isUnknown = true
        }
        users[hash] = user
    }

    private func supersede(_ place: Place) {
        if !counts[place.batch][place.row] { return }
        counts[place.batch][place.row] = false
        superseded += 1
        if showsSuperseded { instead[rows[place.batch].rowNumbers[place.row]] = 0 } else { withheld += 1 }
    }

    /// Gives every superseded row the number of the row that finally counts.
    private func nameWinners() {
        for batch in rows.indices {
            for row in 0..<rows[batch].count where !counts[batch][row] {
                guard let hash = key.hash(row, of: rows[batch]), let user = users[hash], user.hasWinner else { continue }
                instead[rows[batch].rowNumbers[row]] = rows[user.place.batch].rowNumbers[user.place.row]
            }
        }
    }

    /// Copies the rows that count, and frees the others.
    private func compact() {
        var kept: [RecordBatch] = []
        var moved: [SubscriberHash: User] = [:]
        moved.reserveCapacity(users.count)
        for batch in rows.indices {
            var part = RecordBatch(columns: cursor.columns)
            for row in 0..<rows[batch].count where counts[batch][row] {
                if let hash = key.hash(row, of: rows[batch]), var user = users[hash] {
                    user.place = Place(batch: kept.count, row: part.count)
                    moved[hash] = user
                }
                part.append(row, of: rows[batch])
            }
            if part.count > 0 { kept.append(part) }
            rows[batch].removeAll()
        }
        rows = kept
        counts = kept.map { Array(repeating: true, count: $0.count) }
        users = moved
        superseded = 0
    }
}
