import Foundation
import HooklineCore
import Text

/// Asks a person before anything is sent, if there is one.
struct Confirmation: Sendable {
    /// Whether nobody is to be asked.
    let isGiven: Bool

    func ask(_ plan: Plan) -> Bool {
        guard !isGiven, isatty(STDIN_FILENO) == 1, StandardError.isTerminal else { return true }
        if plan.calls == 0 { return true }
        for segment in plan.segments {
            StandardError.print(
                "segment '\(segment.name.onOneLine)': +\(NumberText.grouped(segment.adds.count)) -\(NumberText.grouped(segment.leaving)), "
                    + "\(NumberText.grouped(segment.unchanged)) unchanged, \(NumberText.grouped(segment.calls)) calls\(segment.action.consequence)"
            )
        }
        let answer = Interruption.ask("Send this to Mailchimp? [y/N] ").lowercased()
        return answer == "y" || answer == "yes"
    }
}

extension SegmentPlan.Action {
    /// What a person should know before saying yes.
    fileprivate var consequence: String {
        switch self {
        case .recreate: "; the segment is deleted and made anew"
        case .remake: "; the segment was deleted in Mailchimp and is made anew"
        case .delete: "; the segment is deleted, its label vanished"
        case .empty: "; the segment is emptied, its label vanished"
        default: ""
        }
    }
}
