import HooklineCore
import Mailchimp

/// The static segments of an audience, requested at most once per run.
actor SegmentListing {
    private let client: MailchimpClient
    private let audience: String
    private var segments: [Segment]?

    init(client: MailchimpClient, audience: String) {
        self.client = client
        self.audience = audience
    }

    /// The segment of that name, ignoring case.
    ///
    /// - Throws: `EngineError.Code.noSuchAudience` and Mailchimp's errors.
    func segment(named name: String) async throws -> Segment? {
        try await all().first { SegmentName.collide($0.name, name) }
    }

    /// All segments.
    ///
    /// - Throws: the same errors as `segment(named:)`.
    func all() async throws -> [Segment] {
        if let segments { return segments }
        do {
            let found = try await client.staticSegments(audience: audience)
            segments = found
            return found
        } catch let error as MailchimpError where error.code == .notFound {
            throw EngineError(
                .noSuchAudience, "the account has no audience '\(audience)'",
                advice: "'hookline audiences' lists those that the key can see")
        }
    }
}
