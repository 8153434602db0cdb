/// The body of the OAuth metadata call. Errors come with status 200.
struct TokenMetadata: Decodable {
    private let dataCenter: String?
    private let error: String?
    private let errorDescription: String?

    private enum CodingKeys: String, CodingKey {
        case dataCenter = "dc"
        case error
        case errorDescription = "error_description"
    }

    /// The endpoint that a response names.
    ///
    /// - Throws: ``ResponseFailure`` when the token is refused, or the response names none.
    static func endpoint(in response: HTTPResponse, requestLine: String) throws(ResponseFailure) -> Endpoint {
        // A status means the same here as in the API; the call only stands in for one without an audience.
        if var failure = ResponseFailure(response, to: .account) {
            failure.error = MailchimpError(
                failure.error.code, failure.error.message, status: response.status, requestID: response.requestID, requestLine: requestLine)
            throw failure
        }
        guard let metadata = try? JSONBody.decode(TokenMetadata.self, response.body) else {
            throw ResponseFailure(unreadable: response, reason: "the response is not the metadata of a token", requestLine: requestLine)
        }
        if let fault = metadata.error {
            let words = Scrubber().scrub([fault, metadata.errorDescription].compactMap { $0 }.joined(separator: ": "))
            throw ResponseFailure(
                MailchimpError(
                    .unauthorized, "the access token was not accepted (Mailchimp says: \(words)); authorize again", status: response.status,
                    requestID: response.requestID, requestLine: requestLine))
        }
        guard let dataCenter = metadata.dataCenter, DataCenter.isValid(dataCenter) else {
            throw ResponseFailure(unreadable: response, reason: "the metadata of the token names no data center", requestLine: requestLine)
        }
        return Endpoint(dataCenter: dataCenter)
    }
}
