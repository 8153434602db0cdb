import HooklineCore
import Mailchimp

extension EngineError {
    /// The error of an audience that the account does not have; says so if the text is the name of one, which is no ID.
    package static func noSuchAudience(_ audience: String, _ client: MailchimpClient) async -> EngineError {
        let named = (try? await client.audiences())?.filter { SegmentName.collide($0.name, audience) } ?? []
        let found = "the account has no audience '\(audience)'"
        guard let first = named.first else {
            return EngineError(.noSuchAudience, found, advice: "'hookline audiences' lists those that the key can see")
        }
        return EngineError(
            .noSuchAudience, "\(found): that is the name of one, and 'audience' takes the ID",
            advice: named.count == 1
                ? "Set audience: \(first.id) in hookline.yaml"
                : "Set one of these IDs in hookline.yaml: \(named.map(\.id).joined(separator: ", "))")
    }
}
