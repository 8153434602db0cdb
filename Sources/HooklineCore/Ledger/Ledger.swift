/// Hookline's own record of who is in which segment, and of every run. Every method is one transaction.
package protocol Ledger: Sendable {
    /// What is known of a segment; nil for one never touched.
    func segment(_ key: SegmentKey) throws -> LedgerSegment?
    /// The segments of an activation, at every endpoint and in every audience: the segment itself before its labels.
    func segments(of activation: String) throws -> [LedgerSegment]
    /// Every address of a segment, in hash order.
    func forEachMember(of segment: LedgerSegment, _ body: (SubscriberHash, MemberState) throws -> Void) throws
    /// The addresses of some of a segment's hashes; a hash without a row is left out.
    func addresses(of hashes: [SubscriberHash], in segment: LedgerSegment) throws -> AddressList

    /// Intent: a segment of that name is about to be created. Makes the row if there is none; keeps members.
    func willCreate(_ key: SegmentKey, name: String, now: Int64) throws -> LedgerSegment
    /// Intent: the segment is about to be deleted, or emptied for a refresh.
    func willClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, now: Int64) throws
    /// The segment is gone or empty at Mailchimp: its members are forgotten, in one transaction with the new phase, and stand among
    /// the changes of the run as removed.
    func didClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, run: String, now: Int64) throws
    /// The segment is deleted at Mailchimp and is not wanted again: it is forgotten, with its members and receipts.
    func didDelete(_ segment: LedgerSegment) throws
    /// The segment is there, under that id and name.
    func isLive(_ segment: LedgerSegment, mailchimpID: Int, name: String, now: Int64) throws
    /// Intent: the segment is about to get another name; `isLive` ends it.
    func willRename(_ segment: LedgerSegment, to name: String) throws
    /// The members were read at Mailchimp. If it mends, those who are lost are in doubt (`adding`) and strangers become members.
    func didReconcile(_ segment: LedgerSegment, _ found: Reconciliation, at time: Int64) throws
    /// Intent: these are about to be sent in one call.
    func willChange(_ segment: LedgerSegment, adding: AddressList, removing: AddressList, run: String) throws
    /// The answer of one call, its effect, and what it did to whom.
    func didChange(_ segment: LedgerSegment, _ receipt: Receipt, run: String, now: Int64) throws
    /// Takes members over from an adopted segment, as `member`.
    func takeOver(_ segment: LedgerSegment, members: AddressList) throws
    /// Forgets remembered non-contacts.
    func forget(_ hashes: [SubscriberHash], in segment: LedgerSegment) throws
    /// Contacts changed until then have been asked for.
    func didProbe(_ segment: LedgerSegment, at time: Int64) throws

    /// What the ledger says of an address; nil when it does not know it.
    func entry(of hash: SubscriberHash, in segment: LedgerSegment) throws -> LedgerEntry?
    /// What runs did to an address, newest run first; runs that began more than `LedgerChange.daysKept` ago are forgotten.
    func changes(of hash: SubscriberHash, in segment: LedgerSegment) throws -> [(run: String, change: LedgerChange)]
    /// What a run did to a segment, in hash order; empty for a run whose changes are forgotten.
    func forEachChange(of run: String, in segment: LedgerSegment, _ body: (LedgerChange) throws -> Void) throws

    /// A run has begun.
    func begin(run: String, activation: String, kind: RunKind, at time: Int64) throws
    /// A run has ended.
    func finish(_ report: RunReport) throws
    /// The runs of an activation, newest first; a run that never ended shows as failed with code `run.interrupted`.
    func history(of activation: String, limit: Int) throws -> [RunReport]
    /// The run of that id, or of the only id that begins so.
    func run(_ id: String) throws -> RunReport?
    /// Where every known activation stands.
    func status() throws -> [ActivationStatus]
}
