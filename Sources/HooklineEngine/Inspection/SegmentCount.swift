import HooklineCore

/// How many users a segment has by its rules, and where the others were lost.
///
/// A user is an address. Counting takes 17 to 50 bytes of memory for each.
package struct SegmentCount: Sendable {
    /// The rows of the source.
    package let rows: Int
    /// The rows that do not count, because another row of the same user does (`one_row_per`).
    package let superseded: Int
    /// The rows that were left out for a value that does not fit (`on_bad_value: drop`).
    package let badValues: Int
    package private(set) var noAddress = 0
    package private(set) var badAddress = 0
    /// The users of the model: different addresses.
    package private(set) var model = 0
    /// The users whom the rules pick.
    package private(set) var picked = 0
    /// Those among them who have a row without consent.
    package private(set) var noConsent = 0
    /// What the segment's limit does to rows; nil without one.
    package let limit: LimitEffect?
    /// Nil unless asked for.
    package private(set) var explanation: Explanation?
    package let warnings: [RunWarning]

    /// The users in the segment.
    package var count: Int { picked - noConsent }

    /// What each part of the rules does, in rows.
    package struct Explanation: Encodable, Sendable {
        /// The rows that have an address and consent, and that count.
        package let rows: Int
        /// The rows among them that the rules pick.
        package let picked: Int
        /// The rows that they would pick without the segment's limit, whose line is the last one; nil without one.
        package let met: Int?
        package let rules: [RuleEffects.Line]
    }

    private enum Mark {
        static let known: UInt8 = 1
        static let picked: UInt8 = 2
    }

    /// Counts.
    ///
    /// - Parameters:
    ///   - pass: reads the rows.
    ///   - explains: whether to find out what each part of the rules does.
    /// - Throws: what the pass throws.
    package init(_ pass: SegmentPass, explains: Bool) throws {
        var users = HashTable()
        var (noAddress, badAddress, model, picked) = (0, 0, 0, 0)
        var effects: RuleEffects?
        var isCounted: [UInt8] = []
        let found = try pass.read { batch, rules in
            let addresses = batch.ownAddresses
            isCounted.removeAll(keepingCapacity: true)
            for row in 0..<batch.records.count {
                switch addresses.readings[row] {
                case .missing: noAddress += 1
                case .malformed: badAddress += 1
                case .address:
                    let wanted = batch.selection[row] == 1 ? Mark.known | Mark.picked : Mark.known
                    let before = users.update(addresses.hashes[row]) { $0 | wanted }
                    if before == 0 { model += 1 }
                    if before & Mark.picked == 0, wanted & Mark.picked != 0 { picked += 1 }
                }
                let consents = batch.consents.isEmpty || batch.consents[row] == 1
                isCounted.append(addresses.readings[row] == .address && consents ? 1 : 0)
            }
            guard explains else { return }
            if effects == nil { effects = RuleEffects(pass.activation.rules, rules) }
            effects?.count(batch.records, where: isCounted)
        }
        (rows, superseded, badValues, warnings) = (found.rows, found.superseded, found.badValues, found.warnings)
        limit = found.limit
        (self.noAddress, self.badAddress, self.model, self.picked) = (noAddress, badAddress, model, picked)
        var refused = 0
        found.refused.forEach { hash, _ in if users.mark(of: hash) & Mark.picked != 0 { refused += 1 } }
        noConsent = refused
        if explains {
            explanation = Explanation(
                rows: effects?.rows ?? 0, picked: effects?.picked ?? 0, met: effects?.met, rules: effects?.lines ?? [])
        }
    }
}
