/// Finds an account's endpoint, once.
///
/// A key names its data center. For a token, Mailchimp has to be asked (OAuth 2 guide, "metadata"), with one request for all callers.
actor EndpointResolver {
    /// Where Mailchimp names the data center of a token.
    static let metadataURL = "https://login.mailchimp.com/oauth2/metadata"

    private let configuration: MailchimpConfiguration
    private let executor: RequestExecutor
    private var known: Endpoint?
    private var search: Task<Endpoint, any Error>?

    init(configuration: MailchimpConfiguration, executor: RequestExecutor) {
        self.configuration = configuration
        self.executor = executor
    }

    /// The account's endpoint. Failures are not remembered: the next caller tries again.
    ///
    /// - Throws: ``MailchimpError``, ``CancellationError``.
    func endpoint() async throws -> Endpoint {
        while true {
            if let known { return known }
            if let endpoint = try configuration.endpoint() {
                known = endpoint
                return endpoint
            }
            let search = search ?? Task { try await lookUp() }
            self.search = search
            do {
                let endpoint = try await withTaskCancellationHandler {
                    try await search.value
                } onCancel: {
                    search.cancel()
                }
                known = endpoint
                return endpoint
            } catch {
                if self.search == search { self.search = nil }
                // Another caller of the same search was cancelled, not this one: start over.
                guard error is CancellationError, !Task.isCancelled else { throw error }
            }
        }
    }

    private func lookUp() async throws -> Endpoint {
        let credential = configuration.credential
        guard case .accessToken(let token) = credential else {
            throw MailchimpError(.badCredential, "only a token has metadata")
        }
        let requestLine = "GET \(Self.metadataURL)"
        let request = HTTPRequest(
            method: "GET", url: Self.metadataURL,
            headers: [("Authorization", "OAuth \(token)"), ("Accept", "application/json"), ("User-Agent", configuration.userAgent)],
            timeout: configuration.timeout)
        do {
            return try await executor.execute(
                PendingRequest(request: request, requestLine: requestLine, isMetadata: true) { response throws(ResponseFailure) in
                    try TokenMetadata.endpoint(in: credential.redacting(response), requestLine: requestLine)
                })
        } catch let failure as ResponseFailure {
            throw failure.error
        }
    }
}
