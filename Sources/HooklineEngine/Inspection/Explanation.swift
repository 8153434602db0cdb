import HooklineCore

/// One user's way through an activation: what `explain` shows, and the shape of its `--json`.
package struct Explanation: Encodable, Sendable {
    /// A row of the source with the address, before or after the hooks.
    package struct Row: Encodable, Sendable {
        package var row: Int
        package var key: String?
        /// Its outcome, as in a preview.
        package var verdict: RowFate.Verdict
        package var reason: String?
        /// Nil without segment rules.
        package var rules: RuleTrace?
        /// Nil if the activation does not ask for consent.
        package var consent: RuleTrace?
        package var hooks: [Hook]
        /// The script error that it met, if that was forgiven.
        package var failure: String?
        package var address: String?
        package var labels: [String]
        package var log: [String]
    }

    /// One hook that the row went through.
    package struct Hook: Encodable, Sendable {
        package var hook: String
        package var file: String
        /// The line at which the hook returned.
        package var line: Int
        /// What it returned, as a person would write it.
        package var returned: String
    }

    /// One of the activation's segments, and what the user is in it.
    package struct Segment: Encodable, Sendable {
        package var label: String?
        package var name: String
        package var id: Int?
        /// The user's state in the ledger: `member`, `adding`, `removing`, `not a contact`, or `rejected`; nil if the user is not in it.
        package var ledger: String?
        /// Mailchimp's words, if it rejected the address.
        package var words: String?
        /// What Mailchimp refuses about the address, in this segment; nil if nothing.
        package var refusal: RefusalFacts?
        /// The run that added the user, and when it began, in Unix seconds; nil for members of an adopted segment.
        package var run: String?
        package var since: Int64?
        /// Whether the contact is a member at Mailchimp; nil if that is not known.
        package var atMailchimp: Bool?
        /// What the next run would do: `add`, `remove`, `keep`, `wait` (not a contact when last asked for),
        /// `refused` (Mailchimp refuses it, and it is not its turn), or `nothing`.
        package var next: String

        private enum CodingKeys: String, CodingKey {
            case label, name, id, ledger, words, refusal, run, since, next
            case atMailchimp = "at_mailchimp"
        }
    }

    /// What a run did to the user.
    package struct Event: Encodable, Sendable {
        package var run: String
        /// Unix seconds.
        package var startedAt: Int64?
        package var segment: String
        package var did: String

        private enum CodingKeys: String, CodingKey {
            case run, segment, did
            case startedAt = "started_at"
        }
    }

    package var activation: String
    /// The normalized address.
    package var address: String
    package var source: String
    /// How many rows were read.
    package var rowsRead: Int
    /// Whether the source was read; a run may stop before that.
    package var wasRead = false
    /// How many rows were left out because a value did not fit its column; whose they are is not known.
    package var rowsLeftOut = 0
    package var rows: [Row] = []
    /// How many more rows the user has.
    package var moreRows = 0
    /// The run that is applying the activation at this moment, so that this may show half of it; nil for none.
    package var underWay: String?
    /// The contact's status at Mailchimp; nil if the audience has no such contact.
    package var contact: String?
    package var segments: [Segment] = []
    /// Why the next run would send nothing; nil if nothing stops it.
    package var stop: RunFailure?
    /// Newest first.
    package var history: [Event] = []

    private enum CodingKeys: String, CodingKey {
        case activation, address, source, rows, contact, segments, stop, history
        case rowsRead = "rows_read"
        case wasRead = "source_was_read"
        case rowsLeftOut = "rows_left_out"
        case moreRows = "more_rows"
        case underWay = "under_way"
    }
}
