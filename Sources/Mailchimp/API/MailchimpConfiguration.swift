/// How to talk to one Mailchimp account.
package struct MailchimpConfiguration: Sendable {
    /// The most connections that Mailchimp grants an account, all programs together (fundamentals, "Throttling").
    package static let connectionLimit = 10
    /// How long Mailchimp works on a call before it gives up (fundamentals, "Throttling").
    package static let serverTimeout: Duration = .seconds(120)

    package var credential: Credential
    /// A simulator or proxy to call instead of Mailchimp, such as `http://127.0.0.1:8089/3.0`; nil finds the account's data center.
    package var baseURL: String?
    /// The most requests on the wire at once, within `1...10`. The default of nine leaves one connection to whatever else the account runs.
    package var connections: Int { didSet { connections = Self.clamp(connections) } }
    /// How long one request may take. Less than ``serverTimeout`` gains little: Mailchimp keeps working on a request that we gave up on.
    package var timeout: Duration
    /// How often, and after what pauses, a failed call is sent again.
    package var retry: RetryPolicy
    /// The `User-Agent` header.
    package var userAgent: String

    package init(
        credential: Credential, baseURL: String? = nil, connections: Int = 9, timeout: Duration = serverTimeout,
        retry: RetryPolicy = RetryPolicy(), userAgent: String = "hookline"
    ) {
        self.credential = credential
        self.baseURL = baseURL
        self.connections = Self.clamp(connections)
        self.timeout = timeout
        self.retry = retry
        self.userAgent = userAgent
    }

    private static func clamp(_ connections: Int) -> Int { min(max(connections, 1), connectionLimit) }
}
