import HooklineCore
import HooklineEngine

/// What `hookline state` changes, or would change, in the ledger: the shape of its `--json`.
package struct StateChange: Encodable, Sendable {
    package enum Kind: String, Encodable, Sendable {
        case rename, forget
        case takeIn = "import"
    }

    /// A segment of Mailchimp that the ledger takes in.
    package struct TakenIn: Encodable, Sendable {
        package let id: Int
        package let name: String
        package let label: String?
        package let audience: String
        package let members: Int
    }

    package let change: Kind
    package let activation: String
    /// The new name of a rename.
    package var to: String?
    /// The segments that get another name or are forgotten.
    package var segments: [Standing.Segment] = []
    package var takesIn: TakenIn?
    /// What else somebody should know before saying yes.
    package var notes: [String] = []
    /// The change's entry in the history; nil while it is not done.
    package internal(set) var run: String?
    /// What an import has read.
    var found: SegmentImport?
    /// Whether it was done.
    package var isDone: Bool { run != nil }

    package init(_ change: Kind, of activation: String) {
        self.change = change
        self.activation = activation
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(change, forKey: .change)
        try container.encode(activation, forKey: .activation)
        try container.encodeIfPresent(to, forKey: .to)
        try container.encode(segments, forKey: .segments)
        try container.encodeIfPresent(takesIn, forKey: .takesIn)
        try container.encode(notes, forKey: .notes)
        try container.encode(run, forKey: .run)
        try container.encode(isDone, forKey: .done)
    }

    private enum CodingKeys: String, CodingKey {
        case change, activation, to, segments, notes, run, done
        case takesIn = "takes_in"
    }
}

/// Whether a change of the ledger is made.
package enum StateConsent: Sendable {
    /// Whoever is there is asked; if nobody is, nothing changes.
    case ask
    /// Somebody has said yes already.
    case given
    /// Nothing changes: it is only shown.
    case none
}
