/// One HTTP request, ready to be sent.
package struct HTTPCall: Sendable {
    /// `GET`, `POST`, `PATCH` or `DELETE`.
    package var method: String
    /// The absolute URL, encoded.
    package var url: String
    /// Headers in order; `Authorization` among them, so a call is never printed whole.
    package var headers: [(name: String, value: String)]
    /// The body, or nil.
    package var body: [UInt8]?
    /// How long the whole exchange may take, from the wish to connect to the last byte.
    package var timeout: Duration

    /// A request.
    package init(method: String, url: String, headers: [(name: String, value: String)], body: [UInt8]? = nil, timeout: Duration) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

extension HTTPCall: CustomStringConvertible, CustomReflectable {
    /// Method and URL only.
    package var description: String { "\(method) \(url)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// One HTTP answer, read to its end: of the headers only those that decide something.
package struct HTTPAnswer: Sendable, Equatable {
    /// The status, 200 and up.
    package var status: Int
    /// `Content-Type`, as sent.
    package var contentType: String?
    /// `X-Request-Id`.
    package var requestID: String?
    /// `Retry-After` in seconds. Mailchimp sends none; a proxy may.
    package var retryAfterSeconds: Int?
    /// The body, decompressed; empty where there was none.
    package var body: [UInt8]

    /// An answer.
    package init(
        status: Int, contentType: String? = nil, requestID: String? = nil, retryAfterSeconds: Int? = nil, body: [UInt8] = []
    ) {
        self.status = status
        self.contentType = contentType
        self.requestID = requestID
        self.retryAfterSeconds = retryAfterSeconds
        self.body = body
    }
}

/// Carries requests to a server and answers back; retries, slots and meaning are not its business.
package protocol Transport: Sendable {
    /// Sends one request and reads the whole answer, whatever its status.
    ///
    /// Throws ``TransportFailure`` when there is no whole answer, `CancellationError` when the task was cancelled.
    func send(_ call: HTTPCall) async throws -> HTTPAnswer

    /// Closes its connections. Nothing is sent afterwards.
    func shutdown() async throws
}

extension Transport {
    /// Nothing to close.
    package func shutdown() async throws {}
}

/// Why there was no whole answer.
package enum TransportFailure: Error, Sendable, Equatable {
    /// There was no connection, so the request can't have arrived. The text names the reason.
    case unreachable(String)
    /// The connection broke after the request may have been sent.
    case connectionLost(String)
    /// The time was up.
    case timedOut
    /// Certificate or handshake. The text names the reason.
    case tls(String)
    /// The answer is larger than anything that Mailchimp sends.
    case answerTooLarge(limit: Int)
}
