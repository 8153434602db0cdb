import HooklineCore
import Mailchimp

/// The audiences that a destination's key can see.
package struct AudienceList: Sendable {
    /// One entry of `audiences --json`.
    package struct Entry: Encodable, Sendable {
        package let id: String
        package let name: String
        /// Subscribed contacts.
        package let members: Int
        /// Whether the destination sends to it.
        package let configured: Bool
    }

    package let destination: Destination
    package let entries: [Entry]

    /// Why no run could send anything: the destination's own audience is not among them. Nil when it is.
    package var problem: AppError? {
        if entries.contains(where: \.configured) { return nil }
        return AppError(
            .noSuchAudience,
            "destination '\(destination.name)' names the audience '\(destination.audience)', which this key cannot see")
    }
}

extension App {
    /// Lists the audiences that a destination's key can see, which also shows that the key is good.
    ///
    /// - Parameter name: the destination; nil for the only one.
    /// - Returns: all of them, in Mailchimp's order.
    /// - Throws: `manifest.unknown_destination`, `IssuesFound`, `MailchimpError`.
    package func audiences(of name: String?) async throws -> AudienceList {
        let workspace = try workspace()
        let destination = try destination(name, in: workspace)
        let found = try await withClient(for: destination, of: workspace) { try await $0.audiences() }
        return AudienceList(
            destination: destination,
            entries: found.map {
                AudienceList.Entry(id: $0.id, name: $0.name, members: $0.memberCount, configured: $0.id == destination.audience)
            })
    }
}
