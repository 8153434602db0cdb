/// What a client has put on the wire so far.
package struct CallStatistics: Sendable, Equatable {
    /// HTTP requests sent to the Marketing API, retries included. An attempt that found no connection doesn't count.
    package var calls = 0
    /// Requests that looked up an OAuth token's data center.
    package var metadataCalls = 0
    /// Attempts after the first of their call.
    package var retries = 0
    /// Responses that said "too many".
    package var throttled = 0
    /// The most requests on the wire at one time.
    package var highestConcurrency = 0

    package init() {}
}
