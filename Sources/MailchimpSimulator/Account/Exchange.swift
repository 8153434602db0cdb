/// A request on its way through the account, with all that a resource needs to answer it.
struct Exchange {
    var operation: Operation
    var query: QueryItems
    var body: [UInt8]
    var now: SimulatedInstant
    /// Where links point: `http://127.0.0.1:8089/3.0`.
    var apiRoot: String
    var options: SimulatorOptions
    /// Bits for behaviour that looks random.
    var chance: UInt64
    /// The answer of a segment batch shall say `"total_added":0`.
    var lies = false
    /// What the call asked for and did, also when it is refused in the end.
    var effect = Effect()

    var behaviour: SimulatorOptions.Behaviour { options.behaviour }
}

/// What a resource answers when it doesn't refuse: JSON, or nothing for 204.
struct Reply: Sendable {
    var body: [UInt8]?

    static let noContent = Reply(body: nil)

    static func json(_ content: (inout JSONWriter) -> Void) -> Reply {
        var writer = JSONWriter(reserving: 4096)
        writer.object(content)
        return Reply(body: writer.bytes)
    }
}
