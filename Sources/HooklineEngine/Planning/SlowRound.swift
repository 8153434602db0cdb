import HooklineCore

/// The round in which everybody who waits gets asked again, a few at a time.
///
/// A round goes through all hashes in order, at an even pace: whose turn it is follows from the time alone, and nothing has to be kept
/// but how far the last run came.
struct SlowRound {
    /// The first hash whose turn it is, by its first 32 bits.
    private let start: UInt32
    /// How many such values have their turn.
    private let width: UInt32

    /// The part of the round between the last run and now; nil if everybody has their turn, because nobody knows when they had it last.
    ///
    /// - Parameters:
    ///   - segment: in the ledger.
    ///   - time: now, by Mailchimp's clock, in Unix seconds.
    ///   - policy: how long a round takes.
    init?(_ segment: LedgerSegment, until time: Int64, _ policy: AskAgainPolicy) {
        guard segment.lookedUntil != nil, let last = segment.askedUntil else { return nil }
        let (length, elapsed) = (Int64(max(1, policy.everybodyEvery)), time - last)
        // A mark in the future comes from a clock that was wrong, but servers differ by moments.
        guard elapsed > -Self.tolerance, elapsed < length else { return nil }
        start = Self.position(last, of: length)
        width = elapsed > 0 ? Self.position(time, of: length) &- start : 0
    }

    /// How many seconds a mark may be ahead.
    private static let tolerance: Int64 = 86_400

    /// Where the round is at a time, as the first 32 bits of a hash.
    private static func position(_ time: Int64, of length: Int64) -> UInt32 {
        UInt32(truncatingIfNeeded: UInt64(Double(max(0, time) % length) / Double(length) * 4_294_967_296))
    }

    /// Whether it is the turn of an address.
    func isTurn(of hash: SubscriberHash) -> Bool { UInt32(hash.high >> 32) &- start < width }
}
