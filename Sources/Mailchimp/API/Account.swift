/// The account that a credential belongs to, without anyone's personal data.
package struct Account: Sendable, Equatable, Decodable {
    /// Mailchimp's ID of the account.
    package let id: String
    /// The account's name, as its owner wrote it.
    package let name: String
    /// What the credential's user may do: `owner`, `admin`, `manager`, `author` or `viewer`; nil when Mailchimp doesn't say.
    package let role: String?
    /// Subscribed contacts of all audiences together; nil when Mailchimp doesn't say.
    package let subscriberCount: Int?

    package init(id: String, name: String, role: String? = nil, subscriberCount: Int? = nil) {
        self.id = id
        self.name = name
        self.role = role
        self.subscriberCount = subscriberCount
    }

    private enum CodingKeys: String, CodingKey {
        case id = "account_id"
        case name = "account_name"
        case role
        case subscriberCount = "total_subscribers"
    }
}
