/// A request as it reaches the simulated account: the parts of HTTP that matter, and the time.
package struct SimulatedRequest: Sendable {
    /// The method, in uppercase.
    package var method: String
    /// Path and query, as sent and still encoded: `/3.0/lists/a1/members?count=100`.
    package var target: String
    /// The `Authorization` header.
    package var authorization: String?
    /// The `Host` header, to which links in answers point.
    package var host: String
    /// The `X-HTTP-Method-Override` header, which counts only on POST.
    package var methodOverride: String?
    /// The body, which is JSON.
    package var body: [UInt8]
    /// When the request arrives.
    package var arrival: SimulatedInstant

    /// A request; the defaults suit tests.
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

    /// The method after the override, which Mailchimp allows on POST.
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
