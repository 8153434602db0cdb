/// One request as it reaches the simulated account: what HTTP carries, and when.
package struct SimulatedRequest: Sendable {
    /// The method, in capitals.
    package var method: String
    /// Path and query as sent, still encoded: `/3.0/lists/a1/members?count=100`.
    package var target: String
    /// The `Authorization` header.
    package var authorization: String?
    /// The `Host` header; the links of answers point to it.
    package var host: String
    /// The `X-HTTP-Method-Override` header; heeded on POST.
    package var methodOverride: String?
    /// The body, as bytes of JSON.
    package var body: [UInt8]
    /// When the request arrives.
    package var arrival: SimulatedInstant

    /// A request; everything but method and target has a default that suits a test.
    package init(
        _ method: String, _ target: String, authorization: String? = nil, host: String = "127.0.0.1", methodOverride: String? = nil,
        body: [UInt8] = [], arrival: SimulatedInstant = .beginning
    ) {
        self.method = method
        self.target = target
        self.authorization = authorization
        self.host = host
        self.methodOverride = methodOverride
        self.body = body
        self.arrival = arrival
    }

    /// The method after an override, which Mailchimp allows on POST.
    var effectiveMethod: String {
        guard method == "POST", let methodOverride else { return method }
        return methodOverride.uppercased()
    }

    /// The path without the query.
    var path: Substring {
        target.prefix { $0 != "?" }
    }

    /// The decoded query.
    var query: QueryItems {
        QueryItems(target.drop { $0 != "?" }.dropFirst())
    }
}
