/// What may stop a run before anything is sent.
package struct Safeguards: Equatable, Sendable {
    /// A bound on how many users may move at once.
    package enum Limit: Equatable, Sendable, CustomStringConvertible {
        /// So many users.
        case count(Int)
        /// So many hundredths of the segment's members before the run.
        case percent(Double)

        package var description: String {
            switch self {
            case .count(let users): String(users)
            case .percent(let share): share == share.rounded() ? "\(Int(share))%" : "\(share)%"
            }
        }
    }

    /// What a script error does to the run.
    package enum ScriptErrorPolicy: String, CaseIterable, Sendable {
        /// The run stops and nothing is applied: the default.
        case fail
        /// The user is dropped and counted, up to `maxScriptErrors`.
        case drop
        /// As if the hook were absent for that user, up to `maxScriptErrors`.
        case keep
    }

    /// At most so many may leave; nil takes `SafeguardCheck.defaultRemovals`.
    package var maxRemoved: Limit?
    /// At most so many may enter; nil sets no limit.
    package var maxAdded: Limit?
    /// The source may have so many rows fewer than at the last run, or such a share; nil takes `SafeguardCheck.defaultShrinking`.
    package var maxShrunk: Limit?
    /// The segment must keep at least so many members; nil takes 0 for a source that has rows.
    package var minSize: Int?
    /// Whether a source without any row may empty the segment.
    package var allowEmptySource: Bool?
    package var onScriptError: ScriptErrorPolicy?
    /// How many script errors `drop` and `keep` forgive in a run; nil takes 100.
    package var maxScriptErrors: Int?

    package init(
        maxRemoved: Limit? = nil, maxAdded: Limit? = nil, minSize: Int? = nil, allowEmptySource: Bool? = nil,
        onScriptError: ScriptErrorPolicy? = nil, maxScriptErrors: Int? = nil, maxShrunk: Limit? = nil
    ) {
        self.maxShrunk = maxShrunk
        self.maxRemoved = maxRemoved
        self.maxAdded = maxAdded
        self.minSize = minSize
        self.allowEmptySource = allowEmptySource
        self.onScriptError = onScriptError
        self.maxScriptErrors = maxScriptErrors
    }

    /// These, with `other` filling in what they leave open.
    package func filled(from other: Safeguards?) -> Safeguards {
        guard let other else { return self }
        return Safeguards(
            maxRemoved: maxRemoved ?? other.maxRemoved, maxAdded: maxAdded ?? other.maxAdded, minSize: minSize ?? other.minSize,
            allowEmptySource: allowEmptySource ?? other.allowEmptySource, onScriptError: onScriptError ?? other.onScriptError,
            maxScriptErrors: maxScriptErrors ?? other.maxScriptErrors, maxShrunk: maxShrunk ?? other.maxShrunk
        )
    }
}
