/// An HTTP response, read to its end, with only the headers that matter here.
package struct HTTPResponse: Sendable, Equatable {
    /// The status, 200 or higher.
    package var status: Int
    /// `Content-Type`, as sent.
    package var contentType: String?
    /// `X-Request-Id`.
    package var requestID: String?
    /// `Retry-After`, in seconds. Mailchimp sends none; a proxy may.
    package var retryAfterSeconds: Int?
    /// `Date`: the server's clock when it answered, in Unix seconds; nil if it does not say.
    package var date: Int64?
    /// The body, decompressed; empty when there was none.
    package var body: [UInt8]

    package init(
        status: Int, contentType: String? = nil, requestID: String? = nil, retryAfterSeconds: Int? = nil, date: Int64? = nil,
        body: [UInt8] = []
    ) {
        self.status = status
        self.contentType = contentType
        self.requestID = requestID
        self.retryAfterSeconds = retryAfterSeconds
        self.date = date
        self.body = body
    }
}
