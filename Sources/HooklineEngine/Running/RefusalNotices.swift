import HooklineCore
import Text

extension RefusalCount {
    /// What a report says of it.
    func notice(_ activation: String) -> RunWarning {
        if isNew {
            return RunWarning(
                "mailchimp.rejected",
                act == .add
                    ? "Mailchimp rejected \(NumberText.grouped(addresses)): \(reason)"
                    : "Mailchimp refused to remove \(NumberText.grouped(addresses)), who may be in the segment still: \(reason)")
        }
        let what = NumberText.counted(addresses, "address", "addresses")
        let open = addresses - acknowledged
        let known =
            open == 0
            ? "acknowledged"
            : acknowledged == 0
                ? "to acknowledge: hookline acknowledge \(activation)"
                : "\(NumberText.grouped(acknowledged)) acknowledged; for the others: hookline acknowledge \(activation)"
        return RunWarning(
            "mailchimp.still_refused",
            "\(what) that Mailchimp refuses to \(act.rawValue), known since \(Timestamp.text(since)), asked for again from \(Timestamp.text(next)) on"
                + " (\(known)): \(reason)")
    }
}
