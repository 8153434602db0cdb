/// How long Mailchimp works on a call, by what the call carries.
///
/// The usual numbers are estimates from published logs of other connectors, not measurements; every one can be changed.
package struct CostModel: Equatable, Sendable {
    /// Every call.
    package var base: Duration = .milliseconds(300)
    /// Creating, renaming, resetting or deleting a segment, on top.
    package var segmentChange: Duration = .milliseconds(200)
    /// Each address of a segment batch.
    package var address: Duration = .milliseconds(4)
    /// Each item of a page when `fields` is given.
    package var leanItem: Duration = .microseconds(500)
    /// Each item of a page in full.
    package var fullItem: Duration = .milliseconds(3)
    /// Each thousand items skipped by `offset`.
    package var skippedThousand: Duration = .milliseconds(5)

    /// The usual numbers.
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
