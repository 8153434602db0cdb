import HooklineCore

/// Counts the outcomes of rows, each in one bucket.
struct BucketCounter {
    private var counted = Buckets()
    /// Rows that hooks dropped, by the reason's index.
    private var dropped: [Int] = []
    private var reasonTexts: [String] = []

    /// Takes in the reasons of the run so far, before outcomes refer to them.
    mutating func learn(_ reasonTexts: [String]) {
        dropped.append(contentsOf: repeatElement(0, count: reasonTexts.count - dropped.count))
        self.reasonTexts = reasonTexts
    }

    /// Counts a row; `isWaiting` says whether a kept row's address is known not to be a contact.
    mutating func count(_ outcome: RowOutcome, isWaiting: Bool) {
        switch outcome {
        case .badValue: counted.badValue += 1
        case .droppedByRules: counted.droppedByRules += 1
        case .droppedByHook(let reason): dropped[reason] += 1
        case .noEmail: counted.noEmail += 1
        case .badEmail: counted.badEmail += 1
        case .noConsent: counted.noConsent += 1
        case .superseded: counted.superseded += 1
        case .duplicate: counted.duplicate += 1
        case .kept: if isWaiting { counted.notAContact += 1 } else { counted.inSegment += 1 }
        }
    }

    /// Counts so many rows that are kept and whose addresses are not known to be no contacts.
    mutating func count(kept rows: Int) { counted.inSegment += rows }

    /// The buckets so far, and `badValues` rows that the source left out.
    func buckets(badValues: Int) -> Buckets {
        var buckets = counted
        buckets.badValue += badValues
        for (reason, count) in zip(reasonTexts, dropped) where count > 0 {
            // Two reasons may be the same once addresses are masked.
            buckets.droppedByHook[reason, default: 0] += count
        }
        return buckets
    }
}
