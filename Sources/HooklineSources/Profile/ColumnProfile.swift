import HooklineCore
import JSON

/// Counts and shapes of the values of one column.
package struct ColumnProfile: Sendable {
    package let name: String
    /// Rows without the column's key.
    package private(set) var absent = 0
    /// NULLs in the source, including its `null_values`.
    package private(set) var nulls = 0
    /// Texts that are empty or only white space, which are NULL.
    package private(set) var empties = 0
    /// Words that mean NULL in many exports, as they are written, with their counts.
    package private(set) var nullWords: [String: Int] = [:]
    /// All other values.
    package private(set) var values = 0
    /// Values that cannot be text: BLOBs, and text that is not UTF-8.
    package private(set) var unreadable = 0
    /// Rows in which the path leads through something that is not an object.
    package private(set) var blocked = 0
    /// JSON lists and objects.
    package private(set) var containers = 0
    /// Values that are email addresses.
    package private(set) var addresses = 0
    /// Numbers with a needless leading zero, as codes have.
    package private(set) var leadingZeros = 0
    /// Values that begin with a plus sign and have the digits of a phone number.
    package private(set) var phones = 0
    /// The ``TypeCandidate/marks`` around its values.
    package private(set) var marks: Set<String> = []
    /// The length of the longest text, in bytes.
    package private(set) var longest = 0
    package private(set) var shapes = ShapeCounts()
    package private(set) var trials: [Trial]
    private var seen = DistinctValues()

    /// How many different values there are, or at least are, if not all were compared.
    package var distinct: Int { seen.count }
    package var isDistinctExact: Bool { seen.isExact }
    /// Whether a value was seen to repeat.
    package var hasRepeats: Bool { seen.hasRepeats }

    /// A candidate that fits none of this many first values is not tried further.
    private static let trialValues = 1_000

    init(_ name: String, absent: Int, serverType: ColumnType? = nil) {
        self.name = name
        self.absent = absent
        // Numbers that happen to be whole today may have a fraction tomorrow.
        let hasFractions = serverType == .number || serverType == .decimal
        trials = TypeCandidate.all.indices.filter { !hasFractions || TypeCandidate.all[$0].type != .integer }.map { Trial($0) }
    }

    mutating func note(_ cell: RawCell, row: Int, room: inout Int, _ readers: CandidateReaders) {
        if case .absent = cell { absent += 1; return }
        if case .blocked = cell { blocked += 1; return }
        if cell.isNull { nulls += 1; return }
        let isText: Void? = readers.withText(of: cell) { text in
            guard let text else {
                if cell.isBlank { empties += 1 } else { nulls += 1 }
                return
            }
            note(text, cell, row: row, room: &room, readers)
        }
        if isText == nil { unreadable += 1 }
    }

    private mutating func note(
        _ text: UnsafeBufferPointer<UInt8>, _ cell: RawCell, row: Int, room: inout Int, _ readers: CandidateReaders
    ) {
        if NullWord.isOne(TextTrim.trimmed(text)) {
            nullWords[String(decoding: TextTrim.trimmed(text), as: UTF8.self), default: 0] += 1
            return
        }
        values += 1
        seen.note(text, room: &room)
        let shape = cell.isContainer ? "JSON" : ValueShape.of(text)
        shapes.note(shape, row: row)
        if cell.isContainer { containers += 1 } else { look(at: text) }
        for index in trials.indices {
            let (fits, value) = readers.read(cell, as: trials[index].index)
            if fits { trials[index].fit(value) } else { trials[index].miss(shape, row: row) }
        }
        if values == Self.trialValues { trials.removeAll { $0.fits == 0 } }
    }

    private mutating func look(at text: UnsafeBufferPointer<UInt8>) {
        longest = max(longest, text.count)
        let trimmed = TextTrim.trimmed(text)
        if trimmed.contains(UInt8(ascii: "@")) {
            var buffer: [UInt8] = []
            if case .address = EmailAddress.read(trimmed, into: &buffer) { addresses += 1 }
            return
        }
        guard let first = trimmed.first, let last = trimmed.last else { return }
        let digits = trimmed.count { $0 &- 48 < 10 }
        if digits == trimmed.count, PlainNumber.hasLeadingZero(trimmed) { leadingZeros += 1 }
        if first == UInt8(ascii: "+"), digits >= 7 { phones += 1 }
        guard digits > 0, first &- 48 > 9 || last &- 48 > 9, marks.count < TypeCandidate.marks.count else { return }
        for mark in TypeCandidate.marks where trimmed.starts(with: mark.utf8) || trimmed.suffix(mark.utf8.count).elementsEqual(mark.utf8) {
            marks.insert(mark)
        }
    }
}

extension RawCell {
    /// Whether a NULL cell is empty, rather than one of the `null_values`.
    fileprivate var isBlank: Bool {
        switch self {
        case .field(let bytes): TextTrim.isBlank(bytes)
        case .json(let value, let line):
            value.kind == .string && TextTrim.isBlank(UnsafeBufferPointer(rebasing: line[value.range]))
        case .sqlite(.text(let bytes)): bytes.withUnsafeBufferPointer { TextTrim.isBlank($0) }
        case .query(let cell): cell.bytes.map { TextTrim.isBlank($0) } ?? false
        case .absent, .blocked, .sqlite: false
        }
    }
}
