/// Carries single requests to a server. It knows nothing of retries, connection slots or what a response means.
package protocol Transport: Sendable {
    /// Sends a request and reads the whole response, whatever its status.
    ///
    /// - Throws: ``TransportFailure`` when there is no complete response, `CancellationError` when the task was cancelled.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse

    /// Closes the connections. Nothing is sent afterwards.
    ///
    /// - Throws: when the connections can't be closed.
    func shutdown() async throws
}

extension Transport {
    package func shutdown() async throws {}
}

/// Why there was no complete response.
package enum TransportFailure: Error, Sendable, Equatable {
    /// There was no connection, so the request can't have arrived; the text says why.
    case unreachable(String)
    /// The connection broke after the request may have been sent; the text says why.
    case connectionLost(String)
    case timedOut
    /// The certificate or the handshake failed; the text says why.
    case tls(String)
    /// The response is larger than any that Mailchimp sends.
    case responseTooLarge(limit: Int)
}
