import HooklineCore
import HooklineSources

/// Suggests a column's type, from its values and, if they leave it open, from its name.
struct ColumnAdvice {
    /// The suggested type; nil for text.
    private(set) var choice: Trial?
    /// Types that all values fit but that read them differently; only a person can choose.
    private(set) var open: [Trial] = []
    /// A type that most values fit, but not all.
    private(set) var nearest: Trial?
    /// Whether the values are codes, so that text is the right type and not a last resort.
    private(set) var isCode = false
    /// Notes for the person who writes the manifest.
    private(set) var notes: [String] = []

    private let column: ColumnProfile
    private let words: NameWords
    /// The trials that every value fits, the simplest first.
    private let whole: [Trial]

    init(_ column: ColumnProfile) {
        self.column = column
        words = NameWords(column.name)
        whole = column.values == 0 ? [] : column.trials.filter { $0.fits == column.values }
        decide()
    }

    private mutating func decide() {
        if column.values == 0 { return }
        if column.leadingZeros > 0 || column.phones > 0 {
            isCode = true
            if column.leadingZeros > 0 {
                notes.append("leading zeros in \(count(column.leadingZeros)): these are codes, and a number would lose the zeros")
            }
            return
        }
        if decideBoolean() || decideTime() || decideNumber() || decideJSON() { return }
        guard open.isEmpty else { return }
        nearest =
            column.trials.filter { $0.fits < column.values && $0.fits * 2 >= column.values && $0.candidate.type != .json }
            .enumerated().max { ($0.element.fits, $1.offset) < ($1.element.fits, $0.offset) }?.element
    }

    private mutating func decideBoolean() -> Bool {
        guard let boolean = plain(.boolean) else { return false }
        let isDigits = plain(.integer) != nil
        // NO is also a country, and a column with a single word shows nothing.
        guard words.saysYesOrNo || (!isDigits && column.distinct > 1) else {
            if isDigits, column.distinct > 1 { notes.append("its values are 0 and 1; if they mean no and yes, the type is boolean") }
            return false
        }
        choice = boolean
        return true
    }

    private mutating func decideTime() -> Bool {
        if let plain = plain(.date) ?? plain(.timestamp) {
            choice = plain
            return true
        }
        let written = whole.filter { $0.candidate.pattern != nil }
        let numeric = plain(.integer) != nil
        if let first = written.first, !numeric || words.saysTime {
            let other = first.candidate.swapped.flatMap { swapped in written.first { $0.candidate == swapped } }
            guard let other else {
                choice = first
                return true
            }
            open = [first, other]
            notes.append("every value can be read day first and month first: only you know which is right")
            return true
        }
        let counted = whole.first { trial in
            if case .unix? = trial.candidate.format.times.first { return trial.isOfThisAge }
            if case .unixMilliseconds? = trial.candidate.format.times.first { return trial.isOfThisAge }
            return false
        }
        guard let counted else { return false }
        if words.saysTime {
            choice = counted
            return true
        }
        notes.append("its numbers may be times: \(ColumnSpelling.text(counted.candidate, marks: []))")
        return false
    }

    private mutating func decideNumber() -> Bool {
        if let integer = plain(.integer) {
            choice = integer
            return true
        }
        let marked = whole.filter(\.candidate.hasMarks)
        guard let first = plain(.number) ?? marked.first else {
            guard let decimal = plain(.decimal) else { return false }
            choice = decimal
            notes.append("its values have more digits than a number keeps; a decimal keeps them all")
            return true
        }
        if let other = marked.first(where: { $0.least != first.least || $0.most != first.most }) {
            open = [first, other]
            notes.append("the mark in every value can be a decimal mark or a thousands mark: only you know which is right")
            return true
        }
        choice = first
        let currencies = column.marks.filter { $0 != "%" }
        if first.candidate.hasMarks, currencies.count > 1 {
            notes.append(
                "its amounts are in several currencies, or in one that is written in several ways: \(currencies.sorted().joined(separator: ", "))"
            )
        }
        return true
    }

    private mutating func decideJSON() -> Bool {
        guard let found = plain(.list) ?? plain(.json),
            column.containers > 0 || column.shapes.most(1).first?.shape.first == "[" || column.shapes.most(1).first?.shape.first == "{"
        else { return false }
        choice = found
        return true
    }

    /// The trial of a type without a format of its own, if every value fits it.
    private func plain(_ type: ColumnType) -> Trial? {
        whole.first { $0.candidate.type == type && $0.candidate.format == ColumnFormat() }
    }

    private func count(_ values: Int) -> String { values == 1 ? "1 value" : "\(values) values" }
}

extension Trial {
    /// Whether its moments are between 2000 and 2100.
    fileprivate var isOfThisAge: Bool {
        guard case .moment(let least)? = least, case .moment(let most)? = most else { return false }
        return least >= 946_684_800 && most <= 4_102_444_800
    }
}
