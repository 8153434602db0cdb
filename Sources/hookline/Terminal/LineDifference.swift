import HooklineCore
import Text

/// What differs between two texts, line by line, with a few lines of context: as `diff -u` shows it.
///
/// Lines differ when their bytes do: two encodings of one letter are two texts for a script.
struct LineDifference {
    private enum Change {
        case same([UInt8]), gone([UInt8]), new([UInt8])
        /// Numbers of lines, too many to compare one by one.
        case block(gone: Int, new: Int)
    }

    private let changes: [Change]

    /// Lines of context on either side.
    private static let context = 3
    /// The most lines of one stretch that are compared one by one: the time for it grows with their square.
    private static let longest = 2_000

    init(from before: [UInt8], to after: [UInt8]) {
        let (old, new) = (Self.lines(before), Self.lines(after))
        let prefix = zip(old, new).prefix { $0 == $1 }.count
        let suffix = zip(old.dropFirst(prefix).reversed(), new.dropFirst(prefix).reversed()).prefix { $0 == $1 }.count
        let (left, right) = (Array(old[prefix..<(old.count - suffix)]), Array(new[prefix..<(new.count - suffix)]))
        let middle =
            left.count > Self.longest || right.count > Self.longest
            ? [Change.block(gone: left.count, new: right.count)] : Self.changes(from: left, to: right)
        changes = old[..<prefix].map { .same($0) } + middle + old[(old.count - suffix)...].map { .same($0) }
    }

    private static func changes(from old: [[UInt8]], to new: [[UInt8]]) -> [Change] {
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
        return changes
    }

    /// The changed lines with `-` and `+`; `…` stands for lines that are left out.
    var text: String {
        let marked = changes.indices.filter { if case .same = changes[$0] { false } else { true } }
        var shown: Set<Int> = []
        for index in marked { shown.formUnion(max(0, index - Self.context)...min(changes.count - 1, index + Self.context)) }
        var lines: [String] = []
        var last = -1
        for index in shown.sorted() {
            if index > last + 1 { lines.append("  …") }
            switch changes[index] {
            case .same(let line): lines.append("    \(Self.shown(line))")
            case .gone(let line): lines.append("  - \(Self.shown(line))")
            case .new(let line): lines.append("  + \(Self.shown(line))")
            case .block(let gone, let new):
                lines.append("  NOT SHOWN: \(gone) lines became \(new), too many to compare here; read them before you accept them")
            }
            last = index
        }
        return lines.joined(separator: "\n")
    }

    /// A character that is only another encoding of one that looks the same is spelled out.
    private static func shown(_ line: [UInt8]) -> String {
        let text = String(decoding: line, as: UTF8.self).onOneLine
        return text.unicodeScalars.map { scalar in
            scalar.properties.isFullCompositionExclusion ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
        }.joined()
    }

    private static func lines(_ text: [UInt8]) -> [[UInt8]] {
        text.isEmpty ? [] : text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    }
}
