import Text

/// Segments of an activation that no run reaches anymore: its destination has another audience or account now.
///
/// They keep their members, and nothing follows the source. What a simulator on this machine had does not count for another account.
package struct LeftBehind: Sendable {
    /// The code of the warning.
    package static let code = "segment.left_behind"

    package let activation: String
    /// The audience of the activation's destination.
    package let audience: String
    package let segments: [LedgerSegment]

    /// Finds those that are left behind; nil if none is.
    ///
    /// - Parameters:
    ///   - activation: its name.
    ///   - audience: the audience of its destination.
    ///   - endpoint: where the destination's account is; nil if nobody knows, so that only the audience tells.
    ///   - segments: all of the activation's segments in the ledger.
    package init?(of activation: String, audience: String, endpoint: String?, among segments: [LedgerSegment]) {
        let left = segments.filter { $0.key.isElsewhere(audience, endpoint) }
        if left.isEmpty { return nil }
        self.activation = activation
        self.audience = audience
        self.segments = left
    }

    /// Which segments, how many members, and what to do.
    package var message: String {
        let which = segments.count == 1 ? "a segment of it is" : "\(NumberText.grouped(segments.count)) segments of it are"
        let command = "hookline state forget \(activation) --elsewhere"
        return
            "'\(activation)' belongs to audience \(audience) now, and \(which) left elsewhere: \(LedgerSegment.listed(segments))."
            + " Nothing keeps them in step, and the first run in the new audience adds everybody there."
            + " To delete them at Mailchimp: \(command) --delete; to empty them: \(command) --empty; to leave them as they are: \(command)"
    }

    package var warning: RunWarning { RunWarning(Self.code, message) }
}

extension LedgerSegment {
    /// Segments with their members, as a message lists them: the first ten.
    package static func listed(_ segments: [LedgerSegment]) -> String {
        let shown = segments.prefix(10).map { segment in
            let id = segment.mailchimpID.map { "id \($0)" } ?? "its creation got no answer"
            return
                "'\(segment.name)' (\(id), audience \(segment.key.audience)) with \(NumberText.counted(segment.members, "member", "members")) by the ledger"
        }
        return shown.joined(separator: ", ")
            + (segments.count > 10 ? ", and \(NumberText.grouped(segments.count - 10)) more" : "")
    }
}

extension SegmentKey {
    /// Whether it is in another audience, or at another endpoint.
    fileprivate func isElsewhere(_ audience: String, _ endpoint: String?) -> Bool {
        guard let endpoint else { return self.audience != audience && !isOnThisMachine }
        return self.endpoint == endpoint ? self.audience != audience : !isOnThisMachine
    }

    private var isOnThisMachine: Bool {
        ["http://127.", "http://localhost", "http://[::1]"].contains { endpoint.hasPrefix($0) }
    }
}
