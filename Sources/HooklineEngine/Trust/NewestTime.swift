import HooklineCore
import Text

/// The greatest time of a column, for `fresh_within`. Times in the future say nothing about how fresh the rows are.
struct NewestTime {
    private let column: Int
    private let isDate: Bool
    private let now: Int64
    private let zone: ZoneOffsets
    /// The present day, as a date column has it.
    private let today: [UInt8]
    private var moment: Int64?
    private var day: [UInt8]?
    private var future = RowCount()

    init(column: Int, _ type: ColumnType, now: Int64, zone: ZoneOffsets) {
        self.column = column
        isDate = type == .date
        self.now = now
        self.zone = zone
        today = Array(zone.day(of: now).text.utf8)
    }

    mutating func note(_ batch: RecordBatch) {
        let values = batch.columns[column]
        for row in 0..<batch.count where !values.isNull(row) {
            if isDate {
                let value = values.bytes[values.byteRange(row)]
                if today.lexicographicallyPrecedes(value) {
                    future.add(batch.rowNumbers[row])
                } else if day.map({ $0.lexicographicallyPrecedes(value) }) ?? true {
                    day = Array(value)
                }
            } else {
                let value = values.integers[row]
                if value > now + MarkerCheck.tolerance { future.add(batch.rowNumbers[row]) } else { moment = max(moment ?? value, value) }
            }
        }
    }

    /// The greatest time, in Unix seconds; nil if there is none.
    var newest: Int64? { day.flatMap { CalendarDate($0) }.map { zone.begin(of: $0) } ?? moment }

    /// What is wrong; nil if the rows are fresh.
    func problem(within seconds: Int, field: String) -> String? {
        let ahead = future.firstRow.map { first in
            let rows = NumberText.counted(future.count, "row is", "rows are")
            return "; \(rows) in the future, the first at row \(NumberText.grouped(first)), and do not count: is the time zone right?"
        }
        let found = day.flatMap { CalendarDate($0) }.map { (zone.begin(of: $0), $0.text) } ?? moment.map { ($0, Timestamp.text($0)) }
        guard let found else { return "no row has a time in '\(field)' that shows how fresh it is\(ahead ?? "")" }
        if now - found.0 <= Int64(seconds) { return nil }
        return
            "the newest '\(field)' is \(found.1), \(Age.text(now - found.0)) ago, and at most \(Age.text(Int64(seconds))) is expected\(ahead ?? "")"
    }
}
