/// Identifies the segment of an activation, or of one of its labels, in an audience of an account.
package struct SegmentKey: Codable, Hashable, Sendable {
    /// The URL of the API, such as `https://us21.api.mailchimp.com/3.0`, so that a simulator and the real account never share members.
    package let endpoint: String
    /// The ID of the audience.
    package let audience: String
    package let activation: String
    /// The label of a breakdown; nil for the segment without a label.
    package let label: String?

    package init(endpoint: String, audience: String, activation: String, label: String? = nil) {
        self.endpoint = endpoint
        self.audience = audience
        self.activation = activation
        self.label = label
    }
}
