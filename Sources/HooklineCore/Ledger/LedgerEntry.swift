/// What the ledger says about one address in one segment.
package struct LedgerEntry: Equatable, Sendable {
    package var state: MemberState
    /// Mailchimp's reason for rejecting the address; nil for other states.
    package var reason: String?
    /// The ID of the run that set the state; nil for members that were taken over.
    package var run: String?

    package init(state: MemberState, reason: String? = nil, run: String? = nil) {
        self.state = state
        self.reason = reason
        self.run = run
    }
}
