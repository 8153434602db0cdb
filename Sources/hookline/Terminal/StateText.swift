import HooklineApp
import HooklineCore
import HooklineEngine
import Text

/// What `hookline state` changes in the ledger, for a terminal.
struct StateText {
    let change: StateChange

    var text: String {
        var lines = [headline]
        lines += change.segments.map { "  \(fate): \(segment($0))" }
        lines += change.notes.map { "  note: \($0)" }
        return lines.joined(separator: "\n").onItsLines
    }

    private var headline: String {
        switch change.change {
        case .rename: "the ledger's activation '\(change.activation)' gets the name '\(change.to ?? "")', with its members and its history"
        case .forget:
            "the ledger forgets \(scope)'\(change.activation)'; \(atMailchimp), and past runs stay in the history"
        case .takeIn:
            change.takesIn.map {
                "'\(change.activation)'\($0.label.map { ", label '\($0)'" } ?? "") takes over the segment '\($0.name)' (id \($0.id)) of audience \($0.audience) with its \(NumberText.counted($0.members, "member", "members")); nothing changes at Mailchimp"
            } ?? ""
        }
    }

    private var scope: String {
        if let label = change.label { return "only the label '\(label)' of " }
        return change.segments.contains(where: \.isLeftBehind) ? "only what is left in another audience or account of " : ""
    }

    private var atMailchimp: String {
        switch change.disposal {
        case .delete: "the segments are DELETED at Mailchimp"
        case .empty: "the segments are EMPTIED at Mailchimp"
        case nil: "nothing changes at Mailchimp"
        }
    }

    private var fate: String {
        switch change.change {
        case .rename: "keeps"
        case .forget: "forgets"
        case .takeIn: "no longer follows"
        }
    }

    private func segment(_ segment: Standing.Segment) -> String {
        let id = segment.id.map { "id \($0)" } ?? "not made so far"
        let label = segment.label.map { ", label '\($0)'" } ?? ""
        let stays = change.change == .rename || segment.id == nil || change.disposal != nil ? "" : "; it stays at Mailchimp as it is"
        return
            "segment '\(segment.name)' (\(id)\(label)) of audience \(segment.audience), \(NumberText.counted(segment.members, "member", "members")) by the ledger\(stays)"
    }
}
