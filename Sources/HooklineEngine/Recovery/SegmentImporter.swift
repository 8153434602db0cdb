import HooklineCore
import Mailchimp
import Text

/// A segment of Mailchimp that an activation is about to take over, with its members.
package struct SegmentImport: Sendable {
    package let key: SegmentKey
    package let id: Int
    /// Its name at Mailchimp.
    package let name: String
    package let members: AddressList
    /// The segment that the ledger has for that key so far.
    package let replaced: LedgerSegment?
}

/// Reads a static segment for an activation that takes it over without a run. Changes nothing.
///
/// Adoption, in contrast, belongs to a run: it takes the segment of the activation's own name, and in the same run lets those leave whom the
/// source does not select.
package struct SegmentImporter: Sendable {
    private let activation: Activation
    private let client: MailchimpClient
    private let ledger: any Ledger

    package init(activation: Activation, client: MailchimpClient, ledger: any Ledger) {
        self.activation = activation
        self.client = client
        self.ledger = ledger
    }

    /// Reads the segment of that name or ID, for the activation or for one of its labels.
    ///
    /// - Throws: `EngineError.Code.noSuchSegment`; `.ambiguousSegment`; `.segmentExists` if it follows another activation or label, or this one already; the errors
    ///   of ledger and Mailchimp.
    package func read(_ nameOrID: String, label: String?) async throws -> SegmentImport {
        let audience = activation.destination.audience
        let key = SegmentKey(
            endpoint: try await client.resolveEndpoint(), audience: audience, activation: activation.name, label: label)
        let listing = SegmentListing(client: client, audience: audience)
        let all = try await listing.all()
        let named = all.first { SegmentName.collide($0.name, nameOrID) }
        let numbered = all.first { String($0.id) == nameOrID }
        if let named, let numbered, named.id != numbered.id { throw Self.ambiguous(nameOrID, named, numbered) }
        guard let found = named ?? numbered else {
            let other = await listing.requested?.first { SegmentName.collide($0.name, nameOrID) || String($0.id) == nameOrID }
            throw missing(nameOrID, among: all, other)
        }
        if let owner = try owner(of: found.id, key) {
            let refusal = EngineError(SegmentTaken(found.id, by: owner.key), called: found.name)
            guard owner.key == key else { throw refusal }
            throw EngineError(
                refusal.code, refusal.message,
                advice: "To compare its members with those at Mailchimp: hookline run \(activation.name) --reconcile")
        }
        let members = try await client.memberList(audience: audience, segment: found.id, expecting: found.memberCount, isWhole: true)
        return SegmentImport(
            key: key, id: found.id, name: found.name, members: members.inHashOrder(), replaced: try ledger.segment(key))
    }

    private func owner(of id: Int, _ key: SegmentKey) throws -> LedgerSegment? {
        try ledger.status().flatMap(\.segments).first {
            $0.mailchimpID == id && $0.key.endpoint == key.endpoint && $0.key.audience == key.audience
        }
    }

    private static func ambiguous(_ text: String, _ named: Segment, _ numbered: Segment) -> EngineError {
        EngineError(
            .ambiguousSegment,
            "'\(text)' is the name of one segment (id \(named.id)) and the ID of another ('\(numbered.name)')",
            advice: "For the first, give its ID, \(named.id); for the second, its name, '\(numbered.name)'")
    }

    /// `other` has the name or ID, and is not static.
    private func missing(_ nameOrID: String, among segments: [Segment], _ other: Segment?) -> EngineError {
        EngineError(
            .noSuchSegment,
            "the audience '\(activation.destination.audience)' has no static segment '\(nameOrID)'"
                + (other.map { ": '\($0.name)' (id \($0.id)) is \($0.described), whose members nobody can set" } ?? "")
                + NearestName.hint(nameOrID, among: segments.map(\.name)),
            advice: segments.isEmpty
                ? "It has none at all"
                : "It has \(segments.prefix(20).map { "'\($0.name)' (id \($0.id))" }.joined(separator: ", "))"
                    + (segments.count > 20 ? " and \(NumberText.grouped(segments.count - 20)) more" : ""))
    }
}
