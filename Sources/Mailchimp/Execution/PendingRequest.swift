/// A request to execute, and how to read its response.
struct PendingRequest<Value: Sendable>: Sendable {
    var request: HTTPRequest
    /// What errors name: method and path.
    var requestLine: String
    /// Whether it only looks up where the account lives.
    var isMetadata = false
    /// Reads a response as a value or a failure.
    var read: @Sendable (HTTPResponse) throws(ResponseFailure) -> Value
}
