import HooklineCore

/// One user's way through an activation: what `explain` tells. The shape of its `--json`.
package struct Explanation: Encodable, Sendable {
    /// A row of the source that has the address, before or after the hooks.
    package struct Row: Encodable, Sendable {
        package var row: Int
        package var key: String?
        /// As in a preview.
        package var verdict: RowFate.Verdict
        package var reason: String?
        /// Nil without segment rules.
        package var rules: RuleTrace?
        package var hooks: [Hook]
        /// What a script did wrong to it, where that was forgiven.
        package var failure: String?
        package var address: String?
        package var labels: [String]
        package var log: [String]
    }

    /// One hook that the row passed through.
    package struct Hook: Encodable, Sendable {
        package var hook: String
        package var file: String
        /// The line at which it came to its end.
        package var line: Int
        /// What it returned, as a person would write it.
        package var returned: String
    }

    /// One of the activation's segments, and the user in it.
    package struct Segment: Encodable, Sendable {
        package var label: String?
        package var name: String
        package var id: Int?
        /// What the ledger believes: `member`, `adding`, `removing`, `not a contact`, `rejected`; nil when it does not know the user.
        package var ledger: String?
        /// Mailchimp's words, where it rejected the address.
        package var words: String?
        /// The run that put the user there, and its beginning in Unix seconds; nil for members that were taken over.
        package var run: String?
        package var since: Int64?
        /// Whether the contact is in it at Mailchimp; nil when nobody could say.
        package var atMailchimp: Bool?
        /// What the next run would do: `add`, `remove`, `keep`, `wait` (not a contact so far), or `nothing`.
        package var next: String

        private enum CodingKeys: String, CodingKey {
            case label, name, id, ledger, words, run, since, next
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
    /// Normalised.
    package var address: String
    package var source: String
    /// Rows read.
    package var rowsRead: Int
    /// Whether the source was read: a run that stops before that reads nothing.
    package var wasRead = false
    /// Rows that were left out because a value did not fit; nobody can say whose they are.
    package var rowsLeftOut = 0
    package var rows: [Row] = []
    /// Rows of the user beyond those.
    package var moreRows = 0
    /// The run that is applying the activation at this moment, of which what is told here may be half; nil for none.
    package var underWay: String?
    /// The contact's status at Mailchimp; nil when the audience has no such contact.
    package var contact: String?
    package var segments: [Segment] = []
    /// Why the next run would send nothing; nil when nothing stops it.
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
