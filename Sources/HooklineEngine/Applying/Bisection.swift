import HooklineCore
import Mailchimp

/// Follows the splitting of a batch that Mailchimp refused as a whole, and ends it if the addresses cannot be to blame.
struct Bisection {
    /// After so many refusals without a success, there is another reason: eleven refusals narrow a full batch down to one address, so
    /// several culprits would have been found by then.
    static let hopeless = 40

    private var refusals = 0
    private var successes = 0
    private var culprits: [Receipt] = []

    /// Whether a refusal may be about some of the addresses: Mailchimp answers those with 400.
    static func mayBlameAddresses(_ error: MailchimpError) -> Bool { error.code == .refused && error.status == 400 }

    /// Mailchimp's words about the addresses, without the addresses.
    static func words(_ error: MailchimpError) -> String {
        let said = error.fields.map(\.message).filter { !$0.isEmpty }
        return said.isEmpty ? error.message : said.joined(separator: "; ")
    }

    mutating func succeeded() { successes += 1 }

    /// Notes that a single address was refused.
    ///
    /// - Throws: the refusal itself if it is hopeless to go on.
    mutating func found(_ culprit: Receipt, _ error: MailchimpError) throws {
        culprits.append(culprit)
        try refused(error)
    }

    /// The culprits that have not been recorded yet.
    mutating func takeCulprits() -> [Receipt] {
        defer { culprits = [] }
        return culprits
    }

    /// Notes that a batch was refused.
    ///
    /// - Throws: the refusal itself if it is hopeless to go on.
    mutating func refused(_ error: MailchimpError) throws {
        refusals += 1
        if successes == 0, refusals >= Self.hopeless { throw error }
    }
}

extension BatchPlan {
    /// The two halves of each side; nil for a single address.
    var halves: (first: BatchPlan, second: BatchPlan)? {
        guard adds.count + removes.count > 1 else { return nil }
        // One addition and one removal go separate ways.
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
    /// The receipt for a single address that Mailchimp refuses.
    init(culprit batch: BatchPlan, words: String) {
        self.init()
        isOfCulprit = true
        if batch.adds.count == 1 { rejected = [(batch.adds.hashes[0], batch.adds[0], words)] }
        if batch.removes.count == 1 { unremovable = [(batch.removes.hashes[0], batch.removes[0], words)] }
    }
}
