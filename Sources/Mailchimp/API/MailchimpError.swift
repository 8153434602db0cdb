import CodedErrors

/// Why a call to Mailchimp failed, in words that hold no person's data and no secret.
package struct MailchimpError: CodedError, Equatable {
    /// What went wrong, in a form that scripts and documentation can rely on.
    package enum Code: String, Sendable, CaseIterable {
        /// The credential is malformed, or an API key lacks its data center. Nothing was sent.
        case badCredential = "mailchimp.bad_credential"
        /// `base_url` is unusable, or would send the credential unencrypted over a network. Nothing was sent.
        case badBaseURL = "mailchimp.bad_base_url"
        /// 401, or the OAuth metadata call refused the token.
        case unauthorized = "mailchimp.unauthorized"
        /// 403 with a reason: the user's role, a disabled account, a method closed to the account.
        case forbidden = "mailchimp.forbidden"
        /// 403: the key belongs to another data center.
        case wrongDataCenter = "mailchimp.wrong_datacenter"
        /// 404: the audience or segment does not exist, or is out of the credential's reach.
        case notFound = "mailchimp.not_found"
        /// 400: the audience already has a tag or static segment of this name, regardless of case.
        case nameTaken = "mailchimp.name_taken"
        /// 400: the segment has conditions, so its members can't be set.
        case notStatic = "mailchimp.not_static"
        /// Any other 4xx: Mailchimp refused the whole request and said why.
        case refused = "mailchimp.refused"
        /// 429, or 403 without a body: too many connections or calls, on every attempt.
        case throttled = "mailchimp.throttled"
        /// 5xx on every attempt.
        case unavailable = "mailchimp.unavailable"
        /// 403 or 503 with a page of HTML: the firewall in front of Mailchimp blocks this machine's address.
        case blocked = "mailchimp.blocked"
        /// The response isn't what Mailchimp documents: cut off, not JSON, fields missing.
        case unreadableResponse = "mailchimp.unreadable_response"
        /// No connection: the name doesn't resolve, nothing listens, the network is down. Nothing was sent.
        case unreachable = "mailchimp.unreachable"
        /// The connection broke before the response was complete; the call may have taken effect.
        case connectionLost = "mailchimp.connection_lost"
        /// The response wasn't complete within the timeout; the call may have taken effect.
        case timedOut = "mailchimp.timed_out"
        /// Every call has failed for minutes, so this one wasn't sent.
        case circuitOpen = "mailchimp.circuit_open"
        /// The certificate or the TLS handshake failed. Nothing was sent.
        case tls = "mailchimp.tls"
    }

    /// Mailchimp's complaint about one field of a request.
    package struct Field: Sendable, Equatable {
        /// The field, such as `members_to_add`.
        package let name: String
        /// Mailchimp's sentence, free of addresses.
        package let message: String

        package init(name: String, message: String) {
            self.name = name
            self.message = message
        }
    }

    package let code: Code
    /// The HTTP status; nil when there was no response.
    package let status: Int?
    /// Mailchimp's `X-Request-Id`, which its support asks for.
    package let requestID: String?
    /// The request that failed, such as `POST /lists/a1b2c3d4e5/segments/1001`; nil before any request.
    package let requestLine: String?
    /// Mailchimp's `title`, such as `Invalid Resource`.
    package let title: String?
    /// Mailchimp's complaints about single fields.
    package let fields: [Field]
    /// What was found and what to do, in one or two sentences.
    package let message: String
    /// How many attempts the call had.
    package internal(set) var attempts = 0
    /// Whether Mailchimp may have carried the call out all the same, in this or an earlier attempt.
    package internal(set) var mayHaveTakenEffect = false

    /// Creates an error. Every text must be free of people's data and of secrets.
    package init(
        _ code: Code, _ message: String, status: Int? = nil, requestID: String? = nil, requestLine: String? = nil, title: String? = nil,
        fields: [Field] = []
    ) {
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.requestLine = requestLine
        self.title = title
        self.fields = fields
    }
}

extension MailchimpError {
    /// `request line: message (after 10 attempts; request ID …)`.
    package var explanation: String {
        var notes: [String] = []
        if attempts > 1 { notes.append("after \(attempts) attempts") }
        if let requestID { notes.append("request ID \(requestID)") }
        let note = notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"
        return "\(requestLine.map { $0 + ": " } ?? "")\(message)\(note)"
    }
}
