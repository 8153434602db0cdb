import CodedErrors

/// Why a run could not go on, when neither source, script, ledger, nor Mailchimp is to blame.
package struct EngineError: CodedError {
    package enum Code: String, CaseIterable, Sendable {
        /// A static segment of that name exists that the ledger does not know, or that follows another activation or label.
        case segmentExists = "engine.segment_exists"
        /// A saved segment, or one of another type than static, has the name, and Mailchimp refuses it.
        case nameHeld = "engine.name_held"
        /// The segment in the ledger has been deleted in Mailchimp.
        case segmentGone = "engine.segment_gone"
        /// More labels than `breakdown: { max_segments }` allows.
        case tooManyLabels = "engine.too_many_labels"
        /// Two segments of the run would have the same name.
        case sameSegmentName = "engine.same_segment_name"
        /// The segment of a label would have a name that Mailchimp refuses.
        case badSegmentName = "engine.bad_segment_name"
        /// A saved plan no longer fits the ledger or the files.
        case stalePlan = "engine.stale_plan"
        /// A file is not a plan, or is one of another version.
        case unreadablePlan = "engine.unreadable_plan"
        /// The audience does not exist, or the account cannot see it.
        case noSuchAudience = "engine.no_such_audience"
        /// The audience has no static segment of that name or ID.
        case noSuchSegment = "engine.no_such_segment"
        /// One segment has that name, and another that ID.
        case ambiguousSegment = "engine.ambiguous_segment"
        /// The run was asked to stop.
        case interrupted = "engine.interrupted"
        /// The run cannot be undone: it does not exist, or is not the last that changed anything.
        case cannotUndo = "engine.cannot_undo"
        /// The run took longer than `max_duration`.
        case deadline = "engine.deadline"
        /// The activation's time zone does not exist.
        case badTimeZone = "engine.bad_time_zone"
    }

    /// Whether it is a stop rather than a failure: found before anything is sent, and the reason to send nothing.
    package var isStop: Bool {
        switch code {
        case .segmentExists, .nameHeld, .tooManyLabels, .sameSegmentName, .badSegmentName: true
        default: false
        }
    }

    package let code: Code
    /// What happened, without a person's data.
    package let message: String
    /// What to do about it; nil if there is nothing to say.
    package let advice: String?

    package init(_ code: Code, _ message: String, advice: String? = nil) {
        self.code = code
        self.message = message
        self.advice = advice
    }

    package var explanation: String { message }
}
