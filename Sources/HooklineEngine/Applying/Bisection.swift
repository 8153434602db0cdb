import HooklineCore
import Mailchimp

/// Watches the splitting of a batch that Mailchimp refused as a whole, and ends it when the addresses cannot be to blame.
struct Bisection {
    /// A batch of which nothing has gone through after so many refusals is refused for another reason: 500 and 500 addresses are one
    /// address after eleven of them, so several culprits would have been found by then.
    static let hopeless = 40

    private var refusals = 0
    private var successes = 0
    private var culprits: [Receipt] = []

    /// Whether a refusal may be about some of the addresses: Mailchimp answers 400 for those.
    static func mayBlameAddresses(_ error: MailchimpError) -> Bool { error.code == .refused && error.status == 400 }

    /// Mailchimp's words about the addresses; they hold none.
    static func words(_ error: MailchimpError) -> String {
        let said = error.fields.map(\.message).filter { !$0.isEmpty }
        return said.isEmpty ? error.message : said.joined(separator: "; ")
    }

    mutating func succeeded() { successes += 1 }

    /// A single address was refused.
    ///
    /// - Throws: the refusal itself, when going on is hopeless.
    mutating func found(_ culprit: Receipt, _ error: MailchimpError) throws {
        culprits.append(culprit)
        try refused(error)
    }

    /// The culprits that have not been written down yet.
    mutating func takeCulprits() -> [Receipt] {
        defer { culprits = [] }
        return culprits
    }

    /// - Throws: the refusal itself, when going on is hopeless.
    mutating func refused(_ error: MailchimpError) throws {
        refusals += 1
        if successes == 0, refusals >= Self.hopeless { throw error }
    }
}

extension BatchPlan {
    /// Half of each side, and the other half; nil for a single address.
    var halves: (first: BatchPlan, second: BatchPlan)? {
        guard adds.count + removes.count > 1 else { return nil }
        // One of each: an addition and a removal go their own ways.
        if adds.count <= 1, removes.count <= 1 {
            return (BatchPlan(adds: adds, removes: AddressList()), BatchPlan(adds: AddressList(), removes: removes))
        }
        let (add, remove) = (adds.count / 2, removes.count / 2)
        return (
            BatchPlan(adds: adds.part(0..<add), removes: removes.part(0..<remove)),
            BatchPlan(adds: adds.part(add..<adds.count), removes: removes.part(remove..<removes.count))
        )
    }
}

extension Receipt {
    /// What is written down of a single address that Mailchimp refuses.
    init(culprit batch: BatchPlan, words: String) {
        self.init()
        if batch.adds.count == 1 { rejected = [(batch.adds.hashes[0], batch.adds[0], words)] }
        if batch.removes.count == 1 { unremovable = [(batch.removes.hashes[0], batch.removes[0], words)] }
    }
}
