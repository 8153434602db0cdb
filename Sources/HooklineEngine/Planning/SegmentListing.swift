import HooklineCore
import Mailchimp

/// The segments of an audience, requested at most once per run.
actor SegmentListing {
    private let client: MailchimpClient
    private let audience: String
    private var segments: [Segment]?

    /// Those of every type; nil if nobody has asked yet.
    var requested: [Segment]? { segments }

    init(client: MailchimpClient, audience: String) {
        self.client = client
        self.audience = audience
    }

    /// The static segment of that name, ignoring case.
    ///
    /// - Throws: `EngineError.Code.noSuchAudience` and Mailchimp's errors.
    func segment(named name: String) async throws -> Segment? {
        try await all().first { SegmentName.collide($0.name, name) }
    }

    /// All static segments.
    ///
    /// - Throws: the same errors as `segment(named:)`.
    func all() async throws -> [Segment] {
        try await ofEveryType().filter { $0.kind == .fixed }
    }

    /// Another kind of segment of that name, ignoring case, whose members follow from conditions or from Mailchimp's own reckoning.
    ///
    /// - Throws: the same errors as `segment(named:)`.
    func namesake(of name: String) async throws -> Segment? {
        try await ofEveryType().first { $0.kind != .fixed && SegmentName.collide($0.name, name) }
    }

    private func ofEveryType() async throws -> [Segment] {
        if let segments { return segments }
        do {
            let found = try await client.segments(audience: audience)
            segments = found
            return found
        } catch let error as MailchimpError where error.code == .notFound {
            throw await EngineError.noSuchAudience(audience, client)
        }
    }
}
