import HooklineCore
import Mailchimp

extension EngineError {
    /// A segment that is not static holds a name, and Mailchimp may not give it a second time. Such a segment is never adopted, renamed,
    /// changed, or deleted.
    ///
    /// `attempt` says what would have happened, up to the name.
    init(_ namesake: Segment, holds name: String, to attempt: String) {
        self.init(
            .nameHeld, "\(attempt) '\(name)', and the audience has \(namesake.described) of that name (id \(namesake.id))",
            advice:
                "Hookline never touches such a segment: rename it in Mailchimp, or \(SegmentFinder.naming)")
    }
}

extension RunWarning {
    /// The warning about a segment to be that would share its name with one that is not static.
    init(_ namesake: Segment, sharing name: String) {
        self.init(
            "segment.namesake",
            "the audience has \(namesake.described) '\(namesake.name)' (id \(namesake.id)) of the name '\(name)' that this run gives a segment."
                + " It stays as it is; if Mailchimp refuses the name, rename one of the two")
    }
}

extension SegmentPlan {
    /// The warning about a segment that is not static and has the name that this one gets; nil if there is none.
    func namesake(among there: [Segment]) -> RunWarning? {
        switch action {
        case .create, .rename: break
        default: return nil
        }
        let namesake = there.first { $0.kind != .fixed && SegmentName.collide($0.name, name) }
        return namesake.map { RunWarning($0, sharing: name) }
    }
}

extension Segment {
    /// What kind it is, with its article.
    var described: String {
        switch kind {
        case .fixed: "a static segment"
        case .saved: "a saved segment"
        case .other(let type): "a segment of type '\(type)'"
        }
    }
}
