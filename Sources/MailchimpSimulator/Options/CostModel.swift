/// How long Mailchimp works on a call, depending on its size.
///
/// The defaults are estimates from published logs of other connectors, not measurements.
package struct CostModel: Equatable, Sendable {
    /// For every call.
    package var base: Duration = .milliseconds(300)
    /// In addition, for creating, renaming, resetting, or deleting a segment.
    package var segmentChange: Duration = .milliseconds(200)
    /// For each address in a segment batch.
    package var address: Duration = .milliseconds(4)
    /// For each item on a page if the call selects `fields`.
    package var leanItem: Duration = .microseconds(500)
    /// For each item on a page otherwise.
    package var fullItem: Duration = .milliseconds(3)
    /// For every thousand items that `offset` skips.
    package var skippedThousand: Duration = .milliseconds(5)

    /// The defaults.
    package init() {}

    func time(_ operation: Operation, query: QueryItems, effect: Effect) -> Duration {
        var time = base + address * (effect.addressesToAdd + effect.addressesToRemove)
        if operation.method != "GET", operation.endpoint.isSegment, effect.addressesToAdd + effect.addressesToRemove == 0 {
            time += segmentChange
        }
        time += (query["fields"] == nil ? fullItem : leanItem) * effect.itemsListed
        return time + skippedThousand * ((query["offset"].flatMap { Int($0) } ?? 0) / 1000)
    }
}
