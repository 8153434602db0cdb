import CodedErrors

/// Why a run could not go on, where neither source, script, ledger nor Mailchimp is to blame.
package struct EngineError: CodedError {
    package enum Code: String, CaseIterable, Sendable {
        /// A static segment of the name exists, and Hookline did not make it.
        case segmentExists = "engine.segment_exists"
        /// The segment that the ledger knows has been deleted in Mailchimp.
        case segmentGone = "engine.segment_gone"
        /// More labels than `breakdown: { max_segments }` allows.
        case tooManyLabels = "engine.too_many_labels"
        /// Two segments of the run would have one name.
        case sameSegmentName = "engine.same_segment_name"
        /// The segment of a label would have a name that Mailchimp does not take.
        case badSegmentName = "engine.bad_segment_name"
        /// A saved plan does not fit the ledger or the files any more.
        case stalePlan = "engine.stale_plan"
        /// A plan file that is none, or of another version.
        case unreadablePlan = "engine.unreadable_plan"
        /// The audience does not exist, or this account does not see it.
        case noSuchAudience = "engine.no_such_audience"
        /// Someone or something asked the run to stop.
        case interrupted = "engine.interrupted"
        /// The run cannot be taken back: it is none, or not the last that changed anything.
        case cannotUndo = "engine.cannot_undo"
        /// The run took longer than `max_duration`.
        case deadline = "engine.deadline"
        /// A value of the activation cannot be used.
        case badTimeZone = "engine.bad_time_zone"
    }

    /// Whether it is found before anything is sent and means that nothing should be sent: a stop, not a failure.
    package var isStop: Bool {
        switch code {
        case .segmentExists, .tooManyLabels, .sameSegmentName, .badSegmentName: true
        default: false
        }
    }

    package let code: Code
    /// What happened, without a person's data.
    package let message: String
    /// What to do about it; nil when there is nothing to say.
    package let advice: String?

    package init(_ code: Code, _ message: String, advice: String? = nil) {
        self.code = code
        self.message = message
        self.advice = advice
    }

    package var explanation: String { message }
}
