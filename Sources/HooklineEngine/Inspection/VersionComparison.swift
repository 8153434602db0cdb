import HooklineCore

/// The same users through two versions of a package, and what changes for whom.
package struct VersionComparison: Encodable, Sendable {
    /// A user for whom something changes.
    package struct Change: Encodable, Equatable, Sendable {
        package let row: Int
        package let key: String?
        /// What the first version does with the row, in words.
        package let before: String
        package let after: String
    }

    /// Rows that the second version keeps and the first does not.
    package let entering: [Change]
    package let leaving: [Change]
    /// Rows that both keep, with another address, mapping, or label.
    package let changing: [Change]
    package let unchanged: Int
    /// How many rows each version read; of the two numbers, the larger one.
    package let rows: Int
    /// Whether that is the whole source: false where a limit left rows out, and nobody knows what becomes of those.
    package let isComplete: Bool
    /// Both names of segments whose name differs, by label; "" for the segment itself.
    package let renamed: [String: [String]]
    package let costsBefore: [HookCost]
    package let costsAfter: [HookCost]

    package init(before: ScriptTestOutcome, after: ScriptTestOutcome) {
        var entering: [Change] = []
        var leaving: [Change] = []
        var changing: [Change] = []
        var unchanged = 0
        let isCut = before.isCut || after.isCut
        let absent = isCut ? "not among the rows that were read" : "not in the source"
        // The versions may read the source differently, so a user is identified by key, or by row without one.
        let news = Self.identified(after.fates)
        var later = Dictionary(news, uniquingKeysWith: { first, _ in first })
        for (identity, old) in Self.identified(before.fates) {
            let new = later.removeValue(forKey: identity)
            let change = Change(row: old.row, key: old.key, before: old.words, after: new?.words ?? absent)
            switch (old.isIn, new?.isIn ?? false) {
            case (false, true): entering.append(change)
            case (true, false): leaving.append(change)
            case (true, true) where old.address != new?.address || old.labels != new?.labels || old.mapping != new?.mapping:
                changing.append(change)
            default: unchanged += 1
            }
        }
        for (identity, new) in news where new.isIn && later[identity] != nil {
            entering.append(Change(row: new.row, key: new.key, before: absent, after: new.words))
        }
        self.entering = entering
        self.leaving = leaving
        self.changing = changing
        self.unchanged = unchanged
        rows = max(before.fates.count, after.fates.count)
        isComplete = !isCut
        renamed = Self.renamed(before.plan, after.plan)
        costsBefore = before.costs
        costsAfter = after.costs
    }

    /// Rows with their identities: the key, and which of the rows with that key.
    private static func identified(_ fates: [RowFate]) -> [(String, RowFate)] {
        var seen: [String: Int] = [:]
        return fates.map { fate in
            let name = fate.key.map { "key \($0)" } ?? "row \(fate.row)"
            seen[name, default: 0] += 1
            return ("\(seen[name] ?? 1) \(name)", fate)
        }
    }

    private static func renamed(_ before: Plan?, _ after: Plan?) -> [String: [String]] {
        var names: [String: [String]] = [:]
        for segment in before?.segments ?? [] {
            guard let other = after?.segments.first(where: { $0.key.label == segment.key.label }), other.name != segment.name else {
                continue
            }
            names[segment.key.label ?? ""] = [segment.name, other.name]
        }
        return names
    }

    private enum CodingKeys: String, CodingKey {
        case entering, leaving, changing, unchanged, rows, renamed
        case isComplete = "complete"
        case costsBefore = "costs_before"
        case costsAfter = "costs_after"
    }
}

extension RowFate {
    /// Whether the row ends in a segment, provided that its address is a contact's.
    fileprivate var isIn: Bool { verdict == .kept }

    fileprivate var words: String {
        let labels = labels.isEmpty ? "" : ", label \(labels.joined(separator: ", "))"
        return verdict.rawValue + (reason.map { ": \($0)" } ?? "") + labels + (mapping.map { ", mapped \($0)" } ?? "")
    }
}
