/// What the ledger is told of a call that changes members.
package enum CallNote: Sendable {
    /// Intent: a call with these additions and removals is about to be sent.
    case willChange(LedgerSegment, adding: AddressList, removing: AddressList)
    /// A call was answered, or a part of it that was sent again by itself.
    case didChange(LedgerSegment, Receipt)
}

extension Ledger {
    /// Records the intent of a single call.
    package func willChange(_ segment: LedgerSegment, adding: AddressList, removing: AddressList, run: String) throws {
        try record([.willChange(segment, adding: adding, removing: removing)], run: run, now: 0)
    }

    /// Records the answer to a single call.
    package func didChange(_ segment: LedgerSegment, _ receipt: Receipt, run: String, now: Int64) throws {
        try record([.didChange(segment, receipt)], run: run, now: now)
    }
}
