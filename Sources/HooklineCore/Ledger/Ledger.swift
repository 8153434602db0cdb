/// Hookline's record of who is in which segment, and of every run.
///
/// Every method is one transaction, on disk when the method returns: an intent (`will…`) is recorded before its call is sent, and the
/// answer (`did…`) together with its effect. All methods throw when the ledger cannot be read or written; those that take a segment throw
/// when the ledger does not know it. Times are in Unix seconds.
package protocol Ledger: Sendable {
    /// The segment of a key; nil if there never was one.
    func segment(_ key: SegmentKey) throws -> LedgerSegment?
    /// The segments of an activation, at every endpoint and in every audience; for each, the one without a label first.
    func segments(of activation: String) throws -> [LedgerSegment]
    /// The fewest and the most members that a segment had after a moment, as far as answered calls changed them; nil if a call of that time
    /// did not record it.
    func members(of segment: LedgerSegment, after time: Int64) throws -> ClosedRange<Int>?
    /// Passes the hash and state of every address of a segment whose hash is in a range to `body`, in hash order.
    ///
    /// - Throws: also what `body` throws, which ends the iteration.
    func forEachMember(
        of segment: LedgerSegment, within range: ClosedRange<SubscriberHash>, _ body: (SubscriberHash, MemberState) throws -> Void) throws
    /// The addresses of hashes, in the given order; unknown hashes are skipped.
    func addresses(of hashes: [SubscriberHash], in segment: LedgerSegment) throws -> AddressList

    /// Intent: a segment with that name is about to be created. Adds the segment if it is unknown; keeps its members.
    func willCreate(_ key: SegmentKey, name: String, now: Int64) throws -> LedgerSegment
    /// Intent: the segment is about to be deleted, or to be emptied by a refresh.
    func willClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, now: Int64) throws
    /// The segment is gone, or empty, at Mailchimp: deletes its members, sets the new phase and records the removals as changes of the run.
    /// Who is refused as an addition stays known.
    func didClear(_ segment: LedgerSegment, phase: LedgerSegment.Phase, run: String, now: Int64) throws
    /// The segment is deleted at Mailchimp and not wanted anymore: deletes it with its members, receipts and changes.
    func didDelete(_ segment: LedgerSegment) throws
    /// The segment exists with that ID and name.
    ///
    /// - Throws: `SegmentTaken` if it gets an ID that another segment of the ledger has.
    func isLive(_ segment: LedgerSegment, mailchimpID: Int, name: String, now: Int64) throws
    /// Intent: the segment is about to be renamed; `isLive` completes it.
    func willRename(_ segment: LedgerSegment, to name: String) throws
    /// Mailchimp answered with another name than it was sent. Forgotten when `isLive` completes the next naming.
    func isShown(_ segment: LedgerSegment, as name: String) throws
    /// The members were read from Mailchimp. If `found.mends`, lost members get the state `adding`, and strangers become members. Those who
    /// are released are gone.
    func didReconcile(_ segment: LedgerSegment, _ found: Reconciliation, at time: Int64) throws
    /// Intents and answers of calls that change members, in that order and in one transaction: all of them, or none.
    ///
    /// An answer is recorded with its effect on the members, and with its changes for the run.
    func record(_ notes: [CallNote], run: String, now: Int64) throws
    /// Adds the members of an adopted segment, as `member`.
    func takeOver(_ segment: LedgerSegment, members: AddressList) throws
    /// The addresses that Mailchimp refuses, in hash order. `record` notes and deletes them.
    func refusals(in segment: LedgerSegment) throws -> [Refusal]
    /// Notes that somebody knows of refusals, or takes that back with nil. Other hashes are skipped.
    func acknowledge(_ hashes: [SubscriberHash], in segment: LedgerSegment, _ acknowledgement: Refusal.Acknowledgement?) throws
    /// Deletes those of the hashes that are non-contacts or rejected, and what is known of their refusals.
    func forget(_ hashes: [SubscriberHash], in segment: LedgerSegment) throws
    /// Those who wait have been looked for: sets ``LedgerSegment/lookedUntil``, and ``LedgerSegment/askedUntil`` unless it is nil.
    func didLook(_ segment: LedgerSegment, until time: Int64, askedUntil: Int64?) throws

    /// The entry of an address; nil if it is unknown.
    func entry(of hash: SubscriberHash, in segment: LedgerSegment) throws -> LedgerEntry?
    /// The changes of an address, newest run first. Runs that began more than `LedgerChange.daysKept` ago have none.
    func changes(of hash: SubscriberHash, in segment: LedgerSegment) throws -> [(run: String, change: LedgerChange)]
    /// Passes the changes of a run in a segment to `body`, in hash order.
    ///
    /// - Throws: also what `body` throws, which ends the iteration.
    func forEachChange(of run: String, in segment: LedgerSegment, _ body: (LedgerChange) throws -> Void) throws

    /// Keeps rows of a run, in the order of their numbers; at most `RowBucket.rowLimit` a bucket. Does nothing for a run that never began.
    func keep(_ rows: [RowBucket: [KeptRow]], of run: String) throws
    /// Passes the rows of a bucket that are kept of a run to `body`, in the order of their numbers.
    ///
    /// Kept as long as changes are, unless later runs of the activation need the room (`RowBucket.activationLimit`).
    ///
    /// - Throws: also what `body` throws, which ends the iteration.
    func forEachRow(of run: String, in bucket: RowBucket, _ body: (KeptRow) throws -> Void) throws

    /// Gives an activation another name: its segments, members, runs and their changes. A name that only has runs gets these beside its own.
    ///
    /// `record` is kept as a run of the new name.
    func rename(_ activation: String, to name: String, _ record: RunReport) throws
    /// Deletes segments of an activation with members, receipts and changes; if none is left, also the rows kept of its runs. The runs stay.
    ///
    /// `record` is kept as a run of the activation.
    func forget(_ segments: [LedgerSegment], _ record: RunReport) throws
    /// Takes a segment of Mailchimp, with its members, in place of the one of that key, which is deleted as by `forget`.
    ///
    /// `record` is kept as a run of the activation.
    ///
    /// - Throws: `SegmentTaken` if another segment of the ledger has that ID.
    func takeIn(_ key: SegmentKey, mailchimpID: Int, name: String, members: AddressList, now: Int64, _ record: RunReport) throws

    /// Keeps what a run saw and has to be told, until `finish` gets a report that tells it.
    func mustTell(_ warnings: [RunWarning], of activation: String) throws
    /// What runs saw that were killed before a report told it, oldest first.
    func untold(of activation: String) throws -> [RunWarning]
    /// A run has begun. Segments in which a run before it left additions or removals without an answer get ``LedgerSegment/doubtedAt``.
    ///
    /// - Throws: also when the run ID is taken.
    func begin(run: String, activation: String, kind: RunKind, at time: Int64) throws
    /// A run has ended: keeps its report. If it is done, or done in part, the activation's refusals have been told.
    func finish(_ report: RunReport) throws
    /// The runs of an activation that ended, newest first; an interrupted one shows as failed with code `run.interrupted`.
    func history(of activation: String, limit: Int) throws -> [RunReport]
    /// The run with that ID, or with the only ID that begins with it; nil if there is none.
    ///
    /// - Throws: also when the prefix is ambiguous, or the run is in progress.
    func run(_ id: String) throws -> RunReport?
    /// The status of every known activation, sorted by name; without those that were forgotten and have not run since.
    func status() throws -> [ActivationStatus]
}

extension Ledger {
    /// Passes the hash and state of every address of a segment to `body`, in hash order.
    ///
    /// - Throws: the ledger's errors; also what `body` throws, which ends the iteration.
    package func forEachMember(of segment: LedgerSegment, _ body: (SubscriberHash, MemberState) throws -> Void) throws {
        try forEachMember(of: segment, within: .first ... .last, body)
    }
}
