/// The limits that stop a run before anything is sent.
package struct Safeguards: Equatable, Sendable {
    /// A limit on how many users or rows may change at once.
    package enum Limit: Equatable, Sendable, CustomStringConvertible {
        /// A number of users or rows.
        case count(Int)
        /// A percentage of what there was before the run.
        case percent(Double)

        package var description: String {
            switch self {
            case .count(let users): String(users)
            case .percent(let share): share == share.rounded() ? "\(Int(share))%" : "\(share)%"
            }
        }
    }

    /// What happens after a script error.
    package enum ScriptErrorPolicy: String, CaseIterable, Sendable {
        /// The run stops before anything is sent; the default.
        case fail
        /// The user is dropped and counted, up to `maxScriptErrors`.
        case drop
        /// The hook is skipped for the user, up to `maxScriptErrors`.
        case keep
    }

    /// How many members may leave; nil for `SafeguardCheck.defaultRemovals`.
    package var maxRemoved: Limit?
    /// How many users may enter; nil for no limit.
    package var maxAdded: Limit?
    /// How many rows fewer than at the last run the source may have; nil for `SafeguardCheck.defaultShrinking`.
    package var maxShrunk: Limit?
    /// How many members the segment must have at least; nil for 0.
    package var minSize: Int?
    /// Whether a source without rows may empty the segment; nil for no.
    package var allowEmptySource: Bool?
    /// Nil for `fail`.
    package var onScriptError: ScriptErrorPolicy?
    /// How many script errors `drop` and `keep` tolerate in a run; nil for 100.
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

    /// These safeguards, with the values of `other` in place of nil.
    package func filled(from other: Safeguards?) -> Safeguards {
        guard let other else { return self }
        return Safeguards(
            maxRemoved: maxRemoved ?? other.maxRemoved, maxAdded: maxAdded ?? other.maxAdded, minSize: minSize ?? other.minSize,
            allowEmptySource: allowEmptySource ?? other.allowEmptySource, onScriptError: onScriptError ?? other.onScriptError,
            maxScriptErrors: maxScriptErrors ?? other.maxScriptErrors, maxShrunk: maxShrunk ?? other.maxShrunk
        )
    }
}
