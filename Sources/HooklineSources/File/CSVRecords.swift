import CCSV

/// The fields of many CSV records, found in one search.
final class CSVRecords {
    /// The most records of one search.
    static let limit = 1_000
    /// The most fields of one search; at least one record is searched for.
    private static let fieldLimit = 1 << 20

    /// How many records there are.
    private(set) var count = 0
    /// How to search.
    let way: hl_csv_way

    /// How many fields each has.
    private(set) var width = 0
    /// The most records of the next search.
    private var most = 0
    private var fields: UnsafeMutablePointer<hl_csv_field> = .allocate(capacity: 0)
    private let records: UnsafeMutablePointer<hl_csv_record> = .allocate(capacity: limit)

    init(_ way: hl_csv_way = hl_csv_best_way()) { self.way = way }

    deinit {
        fields.deallocate()
        records.deallocate()
    }

    /// Finds whole records at the beginning of the bytes, in place of those found before.
    ///
    /// It stops before the first record that needs a closer look, such as one with a mistake.
    func find(in bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8, width: Int, mostBytes: Int) {
        count = 0
        guard let start = bytes.baseAddress else { return }
        if width != self.width {
            fields.deallocate()
            self.width = width
            most = max(1, min(Self.limit, Self.fieldLimit / width))
            fields = .allocate(capacity: width * most)
        }
        count = hl_csv_find(way, start, bytes.count, delimiter, width, most, mostBytes, fields, records)
    }

    func removeAll() { count = 0 }

    /// The range of a record, with its line end, in the searched bytes.
    func range(_ record: Int) -> Range<Int> { (record == 0 ? 0 : Int(records[record - 1].end))..<Int(records[record].end) }

    /// How many lines some records have.
    func lines(_ range: Range<Int>) -> Int { range.reduce(0) { $0 + Int(records[$1].lines) } }

    /// The first of some records behind which that many bytes have been passed since the beginning of the first; the last one if there are
    /// fewer.
    func record(in range: Range<Int>, passing bytes: Int) -> Int {
        let start = self.range(range.lowerBound).lowerBound
        return range.first { Int(records[$0].end) - start >= bytes } ?? range.upperBound - 1
    }

    /// A field of a record; its position is in the searched bytes.
    func field(_ place: Int, of record: Int) -> CSVField {
        let field = fields[record * width + place]
        let (start, count) = (Int(field.start), Int(field.count))
        return CSVField(
            start: start, count: count, end: start + count, isQuoted: field.is_quoted, hasEscapes: field.has_escapes,
            hasHighBytes: field.has_high_bytes)
    }

    /// Shortens a field whose escapes have been removed.
    func set(count: Int, ofField place: Int, of record: Int) {
        fields[record * width + place].count = UInt32(count)
        fields[record * width + place].has_escapes = false
    }

    /// One field of each of some records, in bytes whose escapes may be removed in place.
    func column(_ place: Int, of range: Range<Int>, in bytes: UnsafeMutableBufferPointer<UInt8>) -> CSVColumn {
        CSVColumn(bytes: bytes, fields: fields + range.lowerBound * width + place, width: width, count: range.count)
    }
}
