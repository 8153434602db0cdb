/// A request on its way through the account, with everything that a resource needs to answer it.
struct Exchange {
    var operation: Operation
    var query: QueryItems
    var body: [UInt8]
    var now: SimulatedInstant
    /// The base of links: `http://127.0.0.1:8089/3.0`.
    var apiRoot: String
    var options: SimulatorOptions
    /// Random bits, which follow from the seed.
    var chance: UInt64
    /// Whether the answer to a segment batch says `"total_added":0`, whatever was added.
    var lies = false
    /// What the call asked for and did, even if it is refused in the end.
    var effect = Effect()

    var behaviour: SimulatorOptions.Behaviour { options.behaviour }
}

/// A resource's answer to a call that it does not refuse: JSON, or nil for 204.
struct Reply: Sendable {
    var body: [UInt8]?

    static let noContent = Reply(body: nil)

    static func json(_ content: (inout JSONWriter) -> Void) -> Reply {
        var writer = JSONWriter(reserving: 4096)
        writer.object(content)
        return Reply(body: writer.bytes)
    }
}
