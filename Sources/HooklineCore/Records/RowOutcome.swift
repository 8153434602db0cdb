/// What becomes of a row of a source: every row has exactly one outcome.
///
/// An outcome holds numbers, no texts, so that telling it costs no allocation.
package enum RowOutcome: Equatable, Sendable {
    /// A value did not fit its column, and the model says `on_bad_value: drop`: the source left the row out.
    case badValue
    /// The segment rules did not select it.
    case droppedByRules
    /// A hook dropped it; the reason is an index into `HookVerdicts.reasonTexts`.
    case droppedByHook(reason: Int)
    /// Neither the mapping's field nor a hook gave it an address.
    case noEmail
    /// What it has for an address cannot be one.
    case badEmail
    /// An earlier row has the same address: that row's number, where an observer asked for it.
    case duplicate(of: Int?)
    /// Rules and hooks kept it: its subscriber hash, and its labels as a range of `HookVerdicts.labelNumbers`.
    ///
    /// Whether the user enters the segment, stays in it or waits to become a contact is for the segment's draft to say.
    case kept(SubscriberHash, labels: Range<Int>)
}
