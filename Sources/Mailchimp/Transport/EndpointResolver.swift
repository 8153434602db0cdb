/// Finds out where an account lives, once.
///
/// A key says it itself; for a token, Mailchimp is asked (OAuth 2 guide, "metadata"), by one request however many callers wait.
actor EndpointResolver {
    /// Where tokens are looked up.
    static let metadataURL = "https://login.mailchimp.com/oauth2/metadata"

    private let configuration: MailchimpConfiguration
    private let executor: RequestExecutor
    private var known: Endpoint?
    private var search: Task<Endpoint, any Error>?

    init(configuration: MailchimpConfiguration, executor: RequestExecutor) {
        self.configuration = configuration
        self.executor = executor
    }

    /// The account's endpoint. A failure isn't remembered: the next caller tries anew.
    func endpoint() async throws -> Endpoint {
        while true {
            if let known { return known }
            if let endpoint = try localAnswer() {
                known = endpoint
                return endpoint
            }
            let search = search ?? Task { try await ask() }
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
                // Somebody else who waited for the same search was cancelled, not we: begin another.
                guard error is CancellationError, !Task.isCancelled else { throw error }
            }
        }
    }

    private func localAnswer() throws(MailchimpError) -> Endpoint? {
        if let fault = configuration.credential.fault { throw MailchimpError(.badCredential, "\(fault); copy it anew from Mailchimp") }
        if let baseURL = configuration.baseURL { return try Endpoint(baseURL: baseURL) }
        if let dataCentre = configuration.credential.dataCentre { return Endpoint(dataCentre: dataCentre) }
        guard case .accessToken = configuration.credential else {
            throw MailchimpError(
                .badCredential,
                "the API key doesn't name its data centre; a key ends in a dash and the data centre, like …-us21: copy it whole, "
                    + "or set base_url"
            )
        }
        return nil
    }

    private func ask() async throws -> Endpoint {
        guard case .accessToken(let token) = configuration.credential else {
            throw MailchimpError(.badCredential, "only a token has metadata")
        }
        let requestLine = "GET \(Self.metadataURL)"
        let request = HTTPCall(
            method: "GET", url: Self.metadataURL,
            headers: [("Authorization", "OAuth \(token)"), ("Accept", "application/json"), ("User-Agent", configuration.userAgent)],
            timeout: configuration.timeout)
        do {
            return try await executor.deliver(
                PendingRequest(request: request, requestLine: requestLine, isMetadata: true) { answer throws(ResponseFailure) in
                    try Metadata.read(answer, requestLine: requestLine)
                })
        } catch let failure as ResponseFailure {
            throw failure.error
        }
    }
}

/// The answer of the metadata call. Errors come with status 200.
private struct Metadata: Decodable {
    let dataCentre: String?
    let error: String?
    let errorDescription: String?

    private enum CodingKeys: String, CodingKey {
        case dataCentre = "dc"
        case error
        case errorDescription = "error_description"
    }

    static func read(_ answer: HTTPAnswer, requestLine: String) throws(ResponseFailure) -> Endpoint {
        // Statuses mean the same here as in the API; the call only stands in for one without an audience.
        if var failure = ResponseFailure(answer, to: .account) {
            failure.error = MailchimpError(
                failure.error.code, failure.error.message, status: answer.status, requestID: answer.requestID, requestLine: requestLine)
            throw failure
        }
        guard let metadata = try? JSONBody.decode(Metadata.self, answer.body) else {
            throw ResponseFailure(unreadable: answer, reason: "the answer is not the JSON of a token's metadata", requestLine: requestLine)
        }
        if let fault = metadata.error {
            let words = Scrubber().scrub([fault, metadata.errorDescription].compactMap { $0 }.joined(separator: ": "))
            throw ResponseFailure(
                MailchimpError(
                    .unauthorised, "the access token was not accepted (Mailchimp says: \(words)); authorise anew", status: answer.status,
                    requestID: answer.requestID, requestLine: requestLine))
        }
        guard let dataCentre = metadata.dataCentre, DataCentre.isValid(dataCentre) else {
            throw ResponseFailure(unreadable: answer, reason: "the token's metadata names no data centre", requestLine: requestLine)
        }
        return Endpoint(dataCentre: dataCentre)
    }
}
