/// Why something asked of Mailchimp didn't happen, in words that hold no person's data.
package struct MailchimpError: Error, Sendable, Equatable {
    /// What went wrong, in one word that scripts and documentation can rely on.
    package enum Code: String, Sendable, CaseIterable {
        /// The credential is malformed, or lacks the data centre that we need from it. Nothing was sent.
        case badCredential = "mailchimp.bad_credential"
        /// `base_url` isn't a URL that we can use, or would carry the credential unencrypted over a network. Nothing was sent.
        case badBaseURL = "mailchimp.bad_base_url"
        /// 401, or OAuth's metadata refused the token.
        case unauthorised = "mailchimp.unauthorised"
        /// 403 with a reason: the role of the user, a disabled account, a method closed to it.
        case forbidden = "mailchimp.forbidden"
        /// 403: the key belongs to another data centre.
        case wrongDataCentre = "mailchimp.wrong_datacenter"
        /// 404: no such audience or segment, or not for this credential.
        case notFound = "mailchimp.not_found"
        /// 400: the audience has a tag or static segment of this name already, whatever its case.
        case nameTaken = "mailchimp.name_taken"
        /// 400: the segment has conditions, so its members can't be set.
        case notStatic = "mailchimp.not_static"
        /// Any other 4xx: the request as a whole was refused, with Mailchimp's words.
        case refused = "mailchimp.refused"
        /// 429, or a 403 without a body: too many connections or calls, and no attempt got through.
        case throttled = "mailchimp.throttled"
        /// 5xx: Mailchimp failed, each time.
        case unavailable = "mailchimp.unavailable"
        /// 403 or 503 as a page of HTML: the firewall in front of Mailchimp blocks this machine's address.
        case blocked = "mailchimp.blocked"
        /// An answer that isn't what Mailchimp documents: cut off, not JSON, fields missing.
        case unreadableAnswer = "mailchimp.unreadable_answer"
        /// No connection: the name doesn't resolve, nobody listens, the network is down. Nothing was sent.
        case unreachable = "mailchimp.unreachable"
        /// The connection broke before the whole answer was there; the call may have taken effect.
        case connectionLost = "mailchimp.connection_lost"
        /// No whole answer within the timeout; the call may have taken effect.
        case timedOut = "mailchimp.timed_out"
        /// Everything failed for minutes, whatever was asked; the call was not sent.
        case circuitOpen = "mailchimp.circuit_open"
        /// The certificate or the TLS handshake failed. Nothing was sent.
        case tls = "mailchimp.tls"
    }

    /// A complaint of Mailchimp about one field of a request.
    package struct Field: Sendable, Equatable {
        /// The field's name, such as `members_to_add`.
        package let name: String
        /// Mailchimp's sentence, without addresses.
        package let message: String

        /// A complaint; `message` must be free of addresses.
        package init(name: String, message: String) {
            self.name = name
            self.message = message
        }
    }

    /// What went wrong.
    package let code: Code
    /// The HTTP status, where there was an answer.
    package let status: Int?
    /// Mailchimp's name for the exchange (`X-Request-Id`), which its support asks for.
    package let requestID: String?
    /// The call it happened in, such as `POST /lists/a1b2c3d4e5/segments/1001`; nil before any call.
    package let requestLine: String?
    /// Mailchimp's `title`, such as `Invalid Resource`.
    package let title: String?
    /// Mailchimp's complaints about single fields.
    package let fields: [Field]
    /// What was found and what to do, in one or two sentences.
    package let message: String
    /// How often the call was tried.
    package internal(set) var attempts = 0
    /// Whether this or an earlier attempt of the call may have been carried out all the same.
    package internal(set) var mayHaveTakenEffect = false

    /// An error; every text must be free of people's data and of secrets.
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

extension MailchimpError: CustomStringConvertible {
    /// `place: message (after 10 attempts; request id …) [code]`.
    package var description: String { "\(explanation) [\(code.rawValue)]" }

    /// The description without the code.
    package var explanation: String {
        var notes: [String] = []
        if attempts > 1 { notes.append("after \(attempts) attempts") }
        if let requestID { notes.append("request id \(requestID)") }
        let note = notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"
        return "\(requestLine.map { $0 + ": " } ?? "")\(message)\(note)"
    }
}
