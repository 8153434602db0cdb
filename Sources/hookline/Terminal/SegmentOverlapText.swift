import HooklineApp
import Text

/// How segments overlap, for a terminal.
struct SegmentOverlapText {
    let overlap: SegmentOverlapOutput

    /// Combinations, and pairs.
    private static let limit = 20

    var text: String {
        var parts = [
            "\(NumberText.counted(overlap.users, "user", "users")) in \(NumberText.counted(overlap.sets.count, "set", "sets"))", sets,
        ]
        if overlap.pairs.count > 0 { parts += ["in both:", pairs] }
        if !overlap.combinations.isEmpty { parts += ["in exactly these sets:", combinations] }
        parts += overlap.missing.map { "Mailchimp has no static segment of the name of \($0)" }
        if overlap.hooksSkipped { parts.append("hooks did not run") }
        return parts.joined(separator: "\n")
    }

    private var sets: String {
        var table = TextTable(header: ["", "set", "users", "in no other"], rightAligned: [2, 3])
        for (index, set) in overlap.sets.enumerated() {
            table.add("\(index + 1)", set.name, NumberText.grouped(set.users), NumberText.grouped(set.only))
        }
        return table.text(indent: "  ")
    }

    private var pairs: String {
        let shown = overlap.pairs.sorted { $0.users > $1.users }.prefix(Self.limit)
        var table = TextTable(header: ["first", "second", "users", "of first", "of second"], rightAligned: [2, 3, 4])
        for pair in shown {
            table.add(
                pair.first, pair.second, NumberText.grouped(pair.users), pair.shareOfFirst.map(ShareText.percent) ?? "–",
                pair.shareOfSecond.map(ShareText.percent) ?? "–")
        }
        return table.text(indent: "  ") + more(overlap.pairs.count - shown.count, "pairs")
    }

    /// The UpSet table: a column for each set.
    private var combinations: String {
        let shown = overlap.combinations.prefix(Self.limit)
        let columns = overlap.sets.indices.map { "\($0 + 1)" }
        let numbers = Swift.Set([columns.count, columns.count + 1])
        var table = TextTable(header: columns + ["users", "share"], rightAligned: numbers)
        for combination in shown {
            table.add(
                overlap.sets.map { combination.sets.contains($0.name) ? "●" : "·" }
                    + [NumberText.grouped(combination.users), ShareText.percent(combination.share)])
        }
        return table.text(indent: "  ") + more(overlap.combinations.count + overlap.otherCombinations - shown.count, "combinations")
    }

    private func more(_ count: Int, _ what: String) -> String {
        count > 0 ? "\n  and \(NumberText.grouped(count)) more \(what); --json has more" : ""
    }
}
