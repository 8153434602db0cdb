/// What the simulated account answers, how long it takes, and whether the client gets to see it.
package struct SimulatedAnswer: Sendable {
    /// What becomes of the connection.
    package enum Delivery: String, Codable, Sendable {
        /// The client receives the whole answer.
        case answered
        /// The request took effect, then the connection is closed without an answer.
        case lost
        /// The connection is closed before the request took effect.
        case dropped
    }

    /// The HTTP status.
    package var status: Int
    /// The headers in order, without `Date` and `Content-Length`.
    package var headers: [(name: String, value: String)]
    /// The body; empty for 204.
    package var body: [UInt8]
    /// Whether the client sees any of it.
    package var delivery: Delivery = .answered
    /// How long the server works on the request. The connection slot is held so long, also when the client gives up earlier.
    package var serverTime: Duration = .zero
    /// The fault that shaped this answer, if any.
    package var fault: SimulatorOptions.Fault.Kind?

    /// The first header of a name, in whatever case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }
}
