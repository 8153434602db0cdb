/// A Mailchimp account and one audience of it.
package struct Destination: Equatable, Sendable {
    /// How to sign in.
    package enum Credential: Equatable, Sendable {
        /// A Marketing API key; its suffix names the data centre.
        case apiKey(Secret)
        /// An OAuth2 access token.
        case accessToken(Secret)
    }

    /// The destination's name in the workspace.
    package var name: String
    package var credential: Credential
    /// Overrides where the API is, `…/3.0` included: the simulator, or a proxy.
    package var baseURL: String?
    /// The id of the audience that every segment of this destination belongs to.
    package var audience: String
    /// Connections that Hookline may open at once: 1 to 10. Mailchimp allows 10 to an account, all programs together.
    package var connections: Int
    /// What an activation of this destination takes when it says nothing itself.
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

    /// Default activation settings.
    package struct Defaults: Equatable, Sendable {
        /// The field that holds the address.
        package var email: String?
        package var schedule: Schedule?
        package var timezone: String?
        package var safeguards: Safeguards?

        package init(email: String? = nil, schedule: Schedule? = nil, timezone: String? = nil, safeguards: Safeguards? = nil) {
            self.email = email
            self.schedule = schedule
            self.timezone = timezone
            self.safeguards = safeguards
        }
    }
}
