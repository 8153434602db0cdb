import HooklineApp
import HooklineCore
import HooklineEngine
import Text

/// Asks the person at the terminal.
struct Confirmation {
    let question: AppQuestion

    /// Whether the answer is yes.
    func ask() -> Bool {
        if case .send(let plan) = question { show(plan) }
        let answer = Interruption.ask("\(words) [y/N] ").lowercased()
        return answer == "y" || answer == "yes"
    }

    private var words: String {
        switch question {
        case .send: "Send this to Mailchimp?"
        case .install(let name, let version): "Install \(name) \(version)?"
        case .upgrade(let name, let version): "Upgrade \(name) to \(version)?"
        case .changeState: "Change the ledger?"
        }
    }

    private func show(_ plan: Plan) {
        for segment in plan.segments {
            StandardError.print(
                "segment '\(segment.name.onOneLine)': +\(NumberText.grouped(segment.entering)) -\(NumberText.grouped(segment.leaving)), "
                    + "\(NumberText.grouped(segment.unchanged)) unchanged\(ReportText.asked(segment.askedAgain)), \(ReportText.calls(segment.calls))\(segment.action.consequence)"
            )
        }
    }
}

extension SegmentPlan.Action {
    /// What a person should know before saying yes.
    fileprivate var consequence: String {
        switch self {
        case .recreate: "; the segment is deleted and made again"
        case .reset: "; the segment is emptied and filled again"
        case .remake: "; the segment was deleted in Mailchimp and is made again"
        case .delete: "; the segment is deleted, because its label vanished"
        case .empty: "; the segment is emptied, because its label vanished"
        default: ""
        }
    }
}
