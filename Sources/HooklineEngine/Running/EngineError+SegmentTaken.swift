import HooklineCore

extension EngineError {
    /// The refusal of a segment, by its name at Mailchimp, that follows another activation or label according to the ledger.
    package init(_ taken: SegmentTaken, called name: String) {
        let (activation, label) = (taken.owner.activation, taken.owner.label)
        self.init(
            .segmentExists,
            "the segment '\(name)' (id \(taken.mailchimpID)) already follows activation '\(activation)'"
                + (label.map { ", \(LabelText.shown($0))" } ?? ""),
            advice: "First: hookline state forget \(activation)\(label.map { " --label '\($0)'" } ?? "")"
                + "; it stays at Mailchimp as it is")
    }
}
