import HooklineCore
import HooklineSources
import Text

/// What a column of a source contains: an element of `describe --json`. It has no person's data: text is shown as shapes.
package struct ColumnDescription: Encodable, Sendable {
    /// Values that look alike.
    package struct Shape: Encodable, Sendable {
        package let shape: String
        package let count: Int
        /// The numbers of the first rows with the shape.
        package let rows: [Int]
    }

    /// A type, and how many values fit it.
    package struct Fit: Encodable, Sendable {
        /// The type as a manifest writes it.
        package let type: String
        package let fits: Int
        /// The fraction of the values that fit, from 0 to 1, rounded down to three decimals.
        package let share: Double
    }

    /// The values that do not fit the type of most values.
    package struct Misfits: Encodable, Sendable {
        package let type: String
        package let count: Int
        package let shapes: [Shape]
        /// How many values have other shapes than these.
        package let others: Int
    }

    package struct Distinct: Encodable, Sendable {
        package let count: Int
        /// False if `count` is a minimum.
        package let exact: Bool
    }

    /// Null if the column has no name, or one that looks like a value.
    package let name: String?
    /// The column's number, from 1.
    package let column: Int
    /// The suggested type as a manifest writes it; null if a person must choose.
    package let type: String?
    /// The types to choose from, if a person must choose.
    package let choices: [String]
    package let values: Int
    package let nulls: Int
    package let empties: Int
    /// Rows without the key, in JSON Lines.
    package let absent: Int
    package let nullWords: [String: Int]
    package let distinct: Distinct
    /// The least value, or its shape if it may be a person's data; null for text.
    package let least: String?
    package let most: String?
    /// Types that at least half of the values fit, the best first.
    package let types: [Fit]
    package let misfits: Misfits?
    /// The most frequent shapes of a text column.
    package let shapes: [Shape]
    /// How many values are email addresses.
    package let addresses: Int
    package let notes: [String]

    /// Whether its values are codes, which are text although they look like numbers.
    let isCode: Bool
    /// Whether a value was seen to repeat.
    let hasRepeats: Bool

    enum CodingKeys: String, CodingKey {
        case name, column, type, choices, values, nulls, empties, absent
        case nullWords = "null_words"
        case distinct, least, most, types, misfits, shapes, addresses, notes
    }

    /// How many shapes of a column are shown.
    private static let shapesShown = 3

    init(_ profile: ColumnProfile, _ advice: ColumnAdvice, name: String?, column: Int) {
        self.name = name
        self.column = column
        let spelling = { (trial: Trial) in ColumnSpelling.text(trial.candidate, marks: profile.marks) }
        choices = advice.open.map(spelling)
        type = choices.isEmpty ? advice.choice.map(spelling) ?? "text" : nil
        (values, nulls, empties, absent) = (profile.values, profile.nulls, profile.empties, profile.absent)
        nullWords = profile.nullWords
        distinct = Distinct(count: profile.distinct, exact: profile.isDistinctExact)
        let words = NameWords(profile.name)
        least = advice.choice?.least.map { $0.shown(words) }
        most = advice.choice?.most.map { $0.shown(words) }
        types = Self.types(profile, spelling)
        misfits = advice.nearest.map { nearest in
            let shapes = nearest.misfits.most(Self.shapesShown).map(Shape.init)
            return Misfits(
                type: spelling(nearest), count: nearest.misfits.total, shapes: shapes,
                others: nearest.misfits.total - shapes.reduce(0) { $0 + $1.count })
        }
        shapes = advice.choice == nil && advice.open.isEmpty ? profile.shapes.most(Self.shapesShown).map(Shape.init) : []
        addresses = profile.addresses
        (isCode, hasRepeats) = (advice.isCode, profile.hasRepeats)
        notes = advice.notes + Self.notes(profile)
    }

    private static func types(_ profile: ColumnProfile, _ spelling: (Trial) -> String) -> [Fit] {
        var seen: Set<String> = []
        // Other number formats are worth a line only if they fit more values than the plain one.
        let numbers = profile.trials.first { $0.candidate.type == .number && !$0.candidate.hasMarks }?.fits ?? 0
        let found = profile.trials.enumerated().filter { _, trial in
            guard trial.fits > 0, trial.fits * 2 >= profile.values else { return false }
            if trial.candidate.type == .json { return profile.containers > 0 }
            return trial.fits > numbers || !(trial.candidate.hasMarks || trial.candidate.type == .decimal)
        }.sorted { ($1.element.fits, $0.offset) < ($0.element.fits, $1.offset) }
        return found.compactMap { _, trial in
            let type = spelling(trial)
            guard seen.insert(type).inserted else { return nil }
            return Fit(
                type: type, fits: trial.fits, share: (Double(trial.fits) / Double(profile.values) * 1_000).rounded(.down) / 1_000)
        }.prefix(8).map { $0 }
    }

    private static func notes(_ profile: ColumnProfile) -> [String] {
        var notes: [String] = []
        if profile.unreadable > 0 { notes.append("\(profile.unreadable) of its values are BLOBs or text that is not UTF-8") }
        if profile.blocked > 0 { notes.append("in \(profile.blocked) rows the path leads through something that is not an object") }
        return notes
    }
}

extension ColumnDescription.Shape {
    init(_ entry: ShapeCounts.Entry) { self.init(shape: entry.shape, count: entry.count, rows: entry.rows) }
}

extension Extent {
    /// The value, or its shape if it may be a person's data: a number with seven or more digits may be a phone number or a place, and a
    /// day may be a birthday unless the column's name says that it is another.
    fileprivate func shown(_ words: NameWords) -> String {
        let text: String
        let isKnown: Bool
        switch self {
        case .integer(let value): (text, isKnown) = (String(value), !words.saysPerson && Self.isShort(String(value)))
        case .number(let value): (text, isKnown) = (String(value), !words.saysPerson && Self.isShort(String(value)))
        case .moment(let value): (text, isKnown) = ("\(Self.day(value)) \(Self.clock(value))Z", words.saysEvent)
        case .day(let day): (text, isKnown) = (day, words.saysEvent)
        }
        return isKnown ? text : ValueShape.of(text)
    }

    private static func isShort(_ number: String) -> Bool {
        // The digits of an exponent count for more than they are.
        !number.contains("e") && number.count(where: \.isNumber) < 7
    }

    private static func day(_ second: Int64) -> String {
        var bytes: [UInt8] = []
        CalendarDate(ofSecond: second).append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func clock(_ second: Int64) -> String {
        let inDay = Int(((second % 86_400) + 86_400) % 86_400)
        return [inDay / 3_600, inDay / 60 % 60, inDay % 60].map(NumberText.twoDigits).joined(separator: ":")
    }
}
