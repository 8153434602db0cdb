/// Speaks to one Mailchimp account: sends what ``Call`` can say, patiently, and reads the answers.
///
/// Every function may be called from many tasks at once; no more requests are on the wire than the configuration allows. Each
/// throws ``MailchimpError`` once no attempt is left, and `CancellationError` when its task is cancelled.
package final class MailchimpClient: Sendable {
    /// How many times a listing is read when the pages don't add up to what Mailchimp counts.
    static let listingPasses = 2

    /// The settings it was made with.
    package let configuration: MailchimpConfiguration
    let executor: RequestExecutor
    private let resolver: EndpointResolver

    /// A client of one account.
    ///
    /// - Parameters:
    ///   - configuration: whom to call, and how.
    ///   - transport: what carries the requests.
    ///   - limiter: a limiter shared by all clients of the account; nil makes one of `configuration.connections` places.
    ///   - dependencies: time and chance.
    ///   - places: what other processes of this machine have a share in; nil counts for this one alone.
    ///   - notice: told when everything fails, and when Mailchimp answers again.
    package init(
        configuration: MailchimpConfiguration, transport: any Transport, limiter: ConnectionLimiter? = nil,
        dependencies: ClientDependencies = .real, slots: ConnectionSlots? = nil,
        notice: @escaping @Sendable (CircuitNotice) -> Void = { _ in }
    ) {
        self.configuration = configuration
        executor = RequestExecutor(
            transport: transport, limiter: limiter ?? ConnectionLimiter(limit: configuration.connections), policy: configuration.retry,
            dependencies: dependencies, slots: slots, circuit: SharedCircuit(notice))
        resolver = EndpointResolver(configuration: configuration, executor: executor)
    }

    /// A client that speaks HTTP over real connections.
    package convenience init(
        configuration: MailchimpConfiguration, limiter: ConnectionLimiter? = nil, slots: ConnectionSlots? = nil,
        notice: @escaping @Sendable (CircuitNotice) -> Void = { _ in }
    ) {
        self.init(
            configuration: configuration, transport: HTTPClientTransport(connections: configuration.connections), limiter: limiter,
            slots: slots, notice: notice)
    }

    /// From that moment on, in Unix seconds, nothing that failed is tried again; nil takes it back.
    package func repeatNothing(after unixSeconds: Int64?) { executor.deadline.set(unixSeconds) }

    /// What was put on the wire so far.
    package var statistics: CallStatistics { executor.counter.statistics }

    /// Finds the base URL of the account: `base_url`, else the key's data centre, else what Mailchimp says of the token.
    ///
    /// Only a token costs a request, and only once.
    @discardableResult
    package func resolveEndpoint() async throws -> String {
        try await resolver.endpoint().base
    }

    /// Closes the connections. Must be called once, after the last call.
    package func shutdown() async throws {
        try await executor.transport.shutdown()
    }

    /// Sends a call and reads the answer with `read`, which throws when the body isn't what the call is answered with.
    func ask<Value: Sendable>(_ call: Call, _ read: @escaping @Sendable (HTTPAnswer) throws -> Value) async throws -> Value {
        do {
            return try await attempt(call, read)
        } catch let failure as ResponseFailure {
            throw failure.error
        }
    }

    /// Like ``ask(_:_:)``, for those who want to know more of a failure: throws ``ResponseFailure``.
    func attempt<Value: Sendable>(_ call: Call, _ read: @escaping @Sendable (HTTPAnswer) throws -> Value) async throws -> Value {
        try check(call)
        let request = request(for: call, at: try await resolver.endpoint())
        let credential = configuration.credential
        return try await executor.deliver(
            PendingRequest(request: request, requestLine: call.requestLine) { sent throws(ResponseFailure) in
                let answer = credential.redacting(sent)
                if let failure = ResponseFailure(answer, to: call) { throw failure }
                do {
                    return try read(answer)
                } catch {
                    throw ResponseFailure(
                        unreadable: answer, reason: "the answer is cut off, or not what this call is answered with",
                        requestLine: call.requestLine)
                }
            })
    }

    private func request(for call: Call, at endpoint: Endpoint) -> HTTPCall {
        var headers = [
            ("Authorization", configuration.credential.authorization), ("Accept", "application/json, application/problem+json"),
            ("Accept-Encoding", "gzip, deflate"), ("User-Agent", configuration.userAgent),
        ]
        let body = call.body
        if body != nil { headers.append(("Content-Type", "application/json; charset=utf-8")) }
        return HTTPCall(method: call.method, url: endpoint.url(of: call), headers: headers, body: body, timeout: configuration.timeout)
    }

    /// An empty audience id would address another resource altogether.
    private func check(_ call: Call) throws(MailchimpError) {
        guard let id = call.audienceID else { return }
        let isID = !id.isEmpty && id.utf8.count <= 64 && id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard isID else {
            throw MailchimpError(
                .notFound, "'\(Scrubber().scrub(id))' can't be the id of an audience; it is made of letters and digits, like a1b2c3d4e5")
        }
    }
}
