/// An answer of the simulated account, with the time that it takes and whether the client receives it.
package struct SimulatedAnswer: Sendable {
    /// Whether the request takes effect and the client receives the answer.
    package enum Delivery: String, Codable, Sendable {
        /// The client receives the complete answer.
        case answered
        /// The request took effect, but the connection is closed without an answer.
        case lost
        /// The connection is closed before the request took effect.
        case dropped
    }

    /// The HTTP status; 0 for a dropped request.
    package var status: Int
    /// The headers in order, without `Date` and `Content-Length`, which the server adds.
    package var headers: [(name: String, value: String)]
    /// The body; empty for 204.
    package var body: [UInt8]
    package var delivery: Delivery = .answered
    /// How long the server works on the request, and holds its connection, even if the client gives up earlier.
    package var serverTime: Duration = .zero
    /// The fault that shaped this answer, if any.
    package var fault: SimulatorOptions.Fault.Kind?

    /// The value of the first header with a name, regardless of case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }
}
