import HooklineCore

/// What the segments of a run are called.
struct SegmentNaming {
    /// Stands between the segment's name and the label, where no `name` hook says otherwise.
    static let separator = " · "

    let segment: String
    let hooks: (any HookHost)?

    /// The name of the segment itself, or of a label's segment.
    ///
    /// Without a `name` hook, or when that returns the segment's own name for a label, a label's segment is called after both.
    ///
    /// - Throws: `EngineError.Code.badSegmentName`, and the errors of the hook.
    func name(of label: String?) throws -> String {
        let given = try hooks?.name(segment: segment, label: label) ?? segment
        guard let label else { return given }
        let name = given == segment ? segment + Self.separator + label : given
        return try checked(name, label)
    }

    private func checked(_ name: String, _ label: String) throws -> String {
        let name = SegmentNameRule.trimmed(name)
        guard let problem = SegmentNameRule.problem(with: name) else { return name }
        throw EngineError(
            .badSegmentName, "the name of the segment for \(LabelText.shown(label)) \(problem.message)",
            advice: "Return another label, or another name from a name hook")
    }
}
