/// What a run would do, as data: people read it, `apply` sends exactly that, and tests compare it.
package struct Plan: Codable, Sendable {
    /// The version of the file format. Files with another version are refused.
    package static let currentFormat = 1

    package var format = Plan.currentFormat
    /// The run ID.
    package var run: String
    package var activation: String
    package var kind: RunKind
    /// When the plan was made, in Unix seconds.
    package var createdAt: Int64
    /// The `Fingerprint` of the activation when the plan was made.
    package var fingerprint: String
    package var segments: [SegmentPlan]
    /// How many rows the source has, those included that it left out (`pushDown`).
    package var rows: Int
    package var buckets: Buckets
    package var warnings: [RunWarning]
    /// How many rows the last applied run read; nil if there was none.
    package var rowsBefore: Int?
    /// How many lines the workspace's files that replace lookups have, by the name of the lookup; nil without such files.
    package var lists: [String: Int]?
    /// The `lists` of the last applied run.
    package var listsBefore: [String: Int]?
    /// How many rows in the bucket `in_segment` were not contacts the last time and are only asked again; nil for none.
    package var askedAgain: Int?
    /// How many rows in the bucket `in_segment` were refused the last time and are only asked again; nil for none.
    package var refusedAgain: Int?
    /// Whom Mailchimp refuses, as the ledger knows it; nil for nobody.
    package var refusals: [RefusalCount]?
    /// What became of the model's expectations, in their order; nil without any.
    package var expectations: [ExpectationFinding]?
    /// The state of the primary key; nil without one.
    package var primaryKey: PrimaryKeyFinding?
    /// What the segment's limit does to the rows that its rules pick; nil without one.
    package var limit: LimitEffect?
    /// Which rules the source evaluated; nil if it cannot, and in plans from before sources did.
    package var pushDown: PushDown?
    /// All segments of a breakdown together; nil without a breakdown.
    package var together: Together?

    /// Users of all segments, each counted once even if in several segments.
    package struct Together: Codable, Equatable, Sendable {
        /// How many are in any segment before the run.
        package var membersBefore: Int
        /// How many are in a segment before the run and in none after it. Moves between segments do not count.
        package var leaving: Int
        /// How many are in any segment after the run, if all additions are contacts.
        package var membersAfter: Int

        package init(membersBefore: Int, leaving: Int, membersAfter: Int) {
            self.membersBefore = membersBefore
            self.leaving = leaving
            self.membersAfter = membersAfter
        }
    }

    package init(
        run: String, activation: String, kind: RunKind, createdAt: Int64, fingerprint: String, segments: [SegmentPlan], rows: Int,
        buckets: Buckets, warnings: [RunWarning], together: Together? = nil
    ) {
        self.run = run
        self.activation = activation
        self.kind = kind
        self.createdAt = createdAt
        self.fingerprint = fingerprint
        self.segments = segments
        self.rows = rows
        self.buckets = buckets
        self.warnings = warnings
        self.together = together
    }
}
