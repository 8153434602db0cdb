extension MailchimpConfiguration {
    /// The base URL of the account as far as it is known without asking: nil for a token, and for a credential or URL that cannot be used.
    package var knownEndpoint: String? { (try? endpoint())??.base }

    /// The endpoint, from `base_url` or the key's data center; nil for a token, for which Mailchimp has to be asked.
    ///
    /// - Throws: ``MailchimpError`` for a credential or URL that cannot be used.
    func endpoint() throws(MailchimpError) -> Endpoint? {
        if let fault = credential.fault { throw MailchimpError(.badCredential, "\(fault); copy it again from Mailchimp") }
        if let baseURL { return try Endpoint(baseURL: baseURL) }
        if let dataCenter = credential.dataCenter { return Endpoint(dataCenter: dataCenter) }
        guard case .accessToken = credential else {
            throw MailchimpError(
                .badCredential,
                "the API key does not name its data center; a key ends in a dash and the data center, like …-us21: copy all of it, "
                    + "or set base_url")
        }
        return nil
    }
}
