/// What differs between two texts, line by line, with a few lines around: as `diff -u` shows it.
struct LineDifference {
    private enum Change {
        case same(Substring), gone(Substring), new(Substring)
    }

    private let changes: [Change]

    private static let around = 3

    init(from before: String, to after: String) {
        let (old, new) = (Self.lines(before), Self.lines(after))
        let difference = new.difference(from: old)
        let gone = Set(difference.removals.map { change in if case .remove(let offset, _, _) = change { offset } else { -1 } })
        let come = Set(difference.insertions.map { change in if case .insert(let offset, _, _) = change { offset } else { -1 } })
        var changes: [Change] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if left < old.count, gone.contains(left) {
                changes.append(.gone(old[left]))
                left += 1
            } else if right < new.count, come.contains(right) {
                changes.append(.new(new[right]))
                right += 1
            } else {
                changes.append(.same(old[left]))
                left += 1
                right += 1
            }
        }
        self.changes = changes
    }

    /// The changed lines with `-` and `+`; `…` stands for lines that are left out.
    var text: String {
        let marked = changes.indices.filter { if case .same = changes[$0] { false } else { true } }
        var shown: Set<Int> = []
        for place in marked { shown.formUnion(max(0, place - Self.around)...min(changes.count - 1, place + Self.around)) }
        var lines: [String] = []
        var last = -1
        for place in shown.sorted() {
            if place > last + 1 { lines.append("  …") }
            switch changes[place] {
            case .same(let line): lines.append("    \(String(line).onOneLine)")
            case .gone(let line): lines.append("  - \(String(line).onOneLine)")
            case .new(let line): lines.append("  + \(String(line).onOneLine)")
            }
            last = place
        }
        return lines.joined(separator: "\n")
    }

    private static func lines(_ text: String) -> [Substring] {
        text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false)
    }
}
