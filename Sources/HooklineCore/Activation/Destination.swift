/// One audience of a Mailchimp account.
package struct Destination: Equatable, Sendable {
    /// How to authenticate.
    package enum Credential: Equatable, Sendable {
        /// A Marketing API key; its suffix names the data center.
        case apiKey(Secret)
        /// An OAuth2 access token.
        case accessToken(Secret)
    }

    /// Its name in the workspace.
    package var name: String
    package var credential: Credential
    /// The URL of the API, including `/3.0`, of a simulator or proxy; nil for Mailchimp's own.
    package var baseURL: String?
    /// The ID of the audience to which all segments of this destination belong.
    package var audience: String
    /// How many connections Hookline may open at once, 1 to 10. Mailchimp allows an account 10, for all its programs together.
    package var connections: Int
    /// Settings for activations that do not set them.
    package var defaults: Defaults

    package init(
        name: String, credential: Credential, baseURL: String? = nil, audience: String, connections: Int = 9,
        defaults: Defaults = Defaults()
    ) {
        self.name = name
        self.credential = credential
        self.baseURL = baseURL
        self.audience = audience
        self.connections = connections
        self.defaults = defaults
    }

    package struct Defaults: Equatable, Sendable {
        /// The field that holds the email address.
        package var email: String?
        package var schedule: Schedule?
        package var timezone: String?
        /// What must be true of every row of an address.
        package var consent: Condition?
        package var safeguards: Safeguards?

        package init(
            email: String? = nil, schedule: Schedule? = nil, timezone: String? = nil, consent: Condition? = nil,
            safeguards: Safeguards? = nil
        ) {
            self.email = email
            self.consent = consent
            self.schedule = schedule
            self.timezone = timezone
            self.safeguards = safeguards
        }
    }
}
