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
            if let endpoint = try configuredEndpoint() {
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

    private func configuredEndpoint() throws(MailchimpError) -> Endpoint? {
        if let fault = configuration.credential.fault { throw MailchimpError(.badCredential, "\(fault); copy it again from Mailchimp") }
        if let baseURL = configuration.baseURL { return try Endpoint(baseURL: baseURL) }
        if let dataCenter = configuration.credential.dataCenter { return Endpoint(dataCenter: dataCenter) }
        guard case .accessToken = configuration.credential else {
            throw MailchimpError(
                .badCredential,
                "the API key does not name its data center; a key ends in a dash and the data center, like …-us21: copy all of it, "
                    + "or set base_url")
        }
        return nil
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
