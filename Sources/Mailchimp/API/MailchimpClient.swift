/// Talks to one Mailchimp account: sends the calls of ``Call``, retries them, and reads the responses.
///
/// Every function may be called from many tasks at once; no more requests are on the wire than the configuration allows. Each throws
/// ``MailchimpError`` once no attempt is left, and `CancellationError` when its task is cancelled.
package final class MailchimpClient: Sendable {
    package let configuration: MailchimpConfiguration
    let executor: RequestExecutor
    private let resolver: EndpointResolver

    /// Creates a client of one account.
    ///
    /// - Parameters:
    ///   - configuration: whom to call, and how.
    ///   - transport: what carries the requests.
    ///   - limiter: a limiter that all clients of the account in this process share; nil creates one of `configuration.connections` slots.
    ///   - dependencies: time and chance.
    ///   - slots: connection slots that the processes of this machine share; nil when this process counts alone.
    ///   - notice: called when the circuit breaker opens or closes.
    package init(
        configuration: MailchimpConfiguration, transport: any Transport, limiter: ConnectionLimiter? = nil,
        dependencies: ClientDependencies = .real, slots: ConnectionSlots? = nil,
        notice: @escaping @Sendable (CircuitNotice) -> Void = { _ in }
    ) {
        self.configuration = configuration
        executor = RequestExecutor(
            transport: transport, limiter: limiter ?? ConnectionLimiter(limit: configuration.connections), policy: configuration.retry,
            dependencies: dependencies, slots: slots, circuit: SharedCircuitBreaker(notice))
        resolver = EndpointResolver(configuration: configuration, executor: executor)
    }

    /// Creates a client that opens real HTTP connections.
    package convenience init(
        configuration: MailchimpConfiguration, limiter: ConnectionLimiter? = nil, slots: ConnectionSlots? = nil,
        notice: @escaping @Sendable (CircuitNotice) -> Void = { _ in }
    ) {
        self.init(
            configuration: configuration, transport: HTTPClientTransport(connections: configuration.connections), limiter: limiter,
            slots: slots, notice: notice)
    }

    /// Stops retrying from that moment on, in Unix seconds; nil lifts the deadline.
    package func stopRetrying(after unixSeconds: Int64?) { executor.deadline.set(unixSeconds) }

    /// What was put on the wire so far.
    package var statistics: CallStatistics { executor.counter.statistics }

    /// What Mailchimp's clock showed when it last answered, in Unix seconds; nil if no answer has said so yet.
    package var serverTime: Int64? { executor.serverClock.lastSeen }

    /// What Mailchimp's clock shows now, counted on from its last answer, in Unix seconds; nil if no answer has told the time yet.
    package var serverNow: Int64? { executor.serverClock.time(at: executor.dependencies.uptime()) }

    /// Finds the base URL of the account: `base_url`, else the key's data center, else the one that Mailchimp names for the token.
    ///
    /// Only a token costs a request, and only once.
    ///
    /// - Throws: ``MailchimpError``, ``CancellationError``.
    @discardableResult
    package func resolveEndpoint() async throws -> String {
        try await resolver.endpoint().base
    }

    /// Closes the connections. Call it once, after the last request.
    ///
    /// - Throws: what the transport throws.
    package func shutdown() async throws {
        try await executor.transport.shutdown()
    }

    /// Sends a call and reads the response with `read`, which throws when the body isn't what the call is answered with.
    ///
    /// - Throws: ``MailchimpError``, ``CancellationError``.
    func ask<Value: Sendable>(_ call: Call, _ read: @escaping @Sendable (HTTPResponse) throws -> Value) async throws -> Value {
        do {
            return try await attempt(call, read)
        } catch let failure as ResponseFailure {
            throw failure.error
        }
    }

    /// Does the same as ``ask(_:_:)`` for callers who need more of a failure than its error.
    ///
    /// - Throws: ``ResponseFailure``, ``MailchimpError`` before anything was sent, ``CancellationError``.
    func attempt<Value: Sendable>(_ call: Call, _ read: @escaping @Sendable (HTTPResponse) throws -> Value) async throws -> Value {
        try check(call)
        let request = request(for: call, at: try await resolver.endpoint())
        let credential = configuration.credential
        return try await executor.execute(
            PendingRequest(request: request, requestLine: call.requestLine) { received throws(ResponseFailure) in
                let response = credential.redacting(received)
                if let failure = ResponseFailure(response, to: call) { throw failure }
                do {
                    return try read(response)
                } catch {
                    throw ResponseFailure(
                        unreadable: response, reason: "the response is cut off or does not fit the call", requestLine: call.requestLine)
                }
            })
    }

    private func request(for call: Call, at endpoint: Endpoint) -> HTTPRequest {
        var headers = [
            ("Authorization", configuration.credential.authorization), ("Accept", "application/json, application/problem+json"),
            ("Accept-Encoding", "gzip, deflate"), ("User-Agent", configuration.userAgent),
        ]
        let body = call.body
        if body != nil { headers.append(("Content-Type", "application/json; charset=utf-8")) }
        return HTTPRequest(method: call.method, url: endpoint.url(of: call), headers: headers, body: body, timeout: configuration.timeout)
    }

    /// Refuses a malformed audience ID: an empty one would address another resource altogether.
    private func check(_ call: Call) throws(MailchimpError) {
        guard let id = call.audienceID else { return }
        let isID = !id.isEmpty && id.utf8.count <= 64 && id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard isID else {
            throw MailchimpError(
                .notFound, "'\(Scrubber().scrub(id))' can't be an audience ID, which has only letters and digits, like a1b2c3d4e5")
        }
    }
}
