/// Why a call failed in a way that a retry may fix.
package enum RetryReason: Sendable, Equatable, CaseIterable {
    /// 429, or 403 without a body.
    case throttled
    /// 5xx.
    case unavailable
    /// A page of HTML with 403 or 503.
    case blocked
    /// The connection broke.
    case lost
    /// No response in time.
    case timedOut
    /// A response that can't be read.
    case unreadable
    /// No connection.
    case unreachable
    /// 400 for a page of a collection, which Mailchimp returns now and then for a page that it delivers a moment later.
    case pagingGlitch
    /// 405 for the deletion of a segment while another one is being deleted.
    case segmentBusy

    /// Whether Mailchimp may have carried out the call although the response says otherwise or never came.
    var leavesDoubt: Bool {
        switch self {
        case .unavailable, .blocked, .lost, .timedOut, .unreadable: true
        case .throttled, .unreachable, .pagingGlitch, .segmentBusy: false
        }
    }
}
