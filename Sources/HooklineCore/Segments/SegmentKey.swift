/// What one Mailchimp segment is to Hookline: an activation's part, in one audience of one account.
package struct SegmentKey: Codable, Hashable, Sendable {
    /// Where the API of the account is, such as `https://us21.api.mailchimp.com/3.0`; a simulator and the real thing never share members.
    package let endpoint: String
    /// The id of the audience.
    package let audience: String
    /// The name of the activation.
    package let activation: String
    /// The label of a breakdown; nil for the segment itself.
    package let label: String?

    package init(endpoint: String, audience: String, activation: String, label: String? = nil) {
        self.endpoint = endpoint
        self.audience = audience
        self.activation = activation
        self.label = label
    }
}
