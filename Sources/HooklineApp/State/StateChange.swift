import Foundation
import HooklineCore
import HooklineEngine

/// What `hookline state` changes, or would change, in the ledger: the shape of its `--json`.
package struct StateChange: Encodable, Sendable {
    package enum Kind: String, Encodable, Sendable {
        case rename, forget
        case takeIn = "import"
    }

    /// A Mailchimp segment that an import takes over.
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
    /// The only label that is forgotten; nil for all of the activation.
    package var label: String?
    /// What becomes at Mailchimp of segments that are forgotten; nil if they stay as they are.
    package var disposal: SegmentDisposal?
    /// The segments that are renamed, forgotten, or replaced.
    package var segments: [Standing.Segment] = []
    package var takesIn: TakenIn?
    /// What else to know before saying yes.
    package var notes: [String] = []
    /// The ID of the change's history entry; nil until it is made.
    package internal(set) var run: String?
    /// The segment that an import read.
    var found: SegmentImport?
    /// Whether somebody was asked and said no, rather than nobody being there to ask. Not in JSON.
    package internal(set) var wasDeclined = false
    /// Whether the change was made.
    package var isDone: Bool { run != nil }

    package init(_ change: Kind, of activation: String) {
        self.change = change
        self.activation = activation
    }

    /// Whether it does the same as another, as far as it is shown.
    func isSame(as other: StateChange) throws -> Bool {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(self) == encoder.encode(other)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(change, forKey: .change)
        try container.encode(activation, forKey: .activation)
        try container.encodeIfPresent(to, forKey: .to)
        try container.encodeIfPresent(label, forKey: .label)
        try container.encodeIfPresent(disposal, forKey: .disposal)
        try container.encode(segments, forKey: .segments)
        try container.encodeIfPresent(takesIn, forKey: .takesIn)
        try container.encode(notes, forKey: .notes)
        try container.encode(run, forKey: .run)
        try container.encode(isDone, forKey: .done)
    }

    private enum CodingKeys: String, CodingKey {
        case change, activation, to, label, segments, notes, run, done
        case takesIn = "takes_in"
        case disposal = "at_mailchimp"
    }
}

/// Whether to make a change of the ledger.
package enum StateConsent: Sendable {
    /// Ask first; if nobody can be asked, change nothing.
    case ask
    /// Make it without asking.
    case given
    /// Only show it.
    case none
}
