/// An HTTP request, ready to be sent.
package struct HTTPRequest: Sendable {
    /// `GET`, `POST`, `PATCH` or `DELETE`.
    package var method: String
    /// The absolute URL, encoded.
    package var url: String
    /// The headers in order. `Authorization` is among them, so a request is never printed whole.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]?
    /// How long the whole exchange may take, from connecting to the last byte of the response.
    package var timeout: Duration

    package init(method: String, url: String, headers: [(name: String, value: String)], body: [UInt8]? = nil, timeout: Duration) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}

extension HTTPRequest: CustomStringConvertible, CustomReflectable {
    /// Method and URL only.
    package var description: String { "\(method) \(url)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
