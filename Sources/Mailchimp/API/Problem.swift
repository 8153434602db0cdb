import Foundation

/// Mailchimp's error body, `application/problem+json` (RFC 7807, Marketing API "Errors").
struct Problem: Equatable {
    /// A short name such as `Invalid Resource`.
    var title: String?
    /// A sentence about this occurrence.
    var detail: String?
    /// Complaints about single fields. They may quote addresses: scrub them before showing.
    var fields: [(name: String, message: String)] = []

    /// Reads a body; nil unless it is a JSON object with a title or detail.
    init?(_ body: [UInt8]) {
        guard let wire = try? JSONBody.decode(Wire.self, body), wire.title != nil || wire.detail != nil else { return nil }
        title = wire.title
        detail = wire.detail
        fields = (wire.errors ?? []).map { ($0.field ?? "", $0.message ?? "") }
    }

    /// All of its texts, to find known sentences in.
    var wholeText: String {
        ([title, detail].compactMap { $0 } + fields.map(\.message)).joined(separator: "\n")
    }

    private static let nobodyIsKnown = "None of the emails provided were subscribed to the list"

    /// The halves of a membership call of which Mailchimp says that they hold no contact of the audience.
    var unknownHalves: Set<MemberBatch.Half> {
        var halves: Set<MemberBatch.Half> = []
        for field in fields where field.message.contains(Self.nobodyIsKnown) {
            if field.name.hasPrefix("members_to_add") { halves.insert(.adds) }
            if field.name.hasPrefix("members_to_remove") { halves.insert(.removes) }
        }
        return halves
    }

    /// Whether it says so without naming a half, as where the sentence is in `detail`.
    var isAboutUnnamedHalf: Bool {
        unknownHalves.isEmpty
            && (detail?.contains(Self.nobodyIsKnown) == true || fields.contains { $0.message.contains(Self.nobodyIsKnown) })
    }

    static func == (first: Problem, second: Problem) -> Bool {
        first.title == second.title && first.detail == second.detail && first.fields.elementsEqual(second.fields, by: ==)
    }

    private struct Wire: Decodable {
        struct Field: Decodable {
            let field: String?
            let message: String?
        }

        let title: String?
        let detail: String?
        let errors: [Field]?
    }
}
