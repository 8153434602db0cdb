import HooklineCore

/// Names the segments of a run.
package struct SegmentNaming {
    /// Separates the segment's name from the label, unless a `name` hook returns another name.
    package static let separator = " · "

    let segment: String
    let hooks: (any HookHost)?

    /// The name of the segment itself, or of a label's segment.
    ///
    /// Without a `name` hook, or if the hook returns the segment's own name for a label, the name has both.
    ///
    /// - Throws: `EngineError.Code.badSegmentName` and the errors of the hook.
    func name(of label: String?) throws -> String {
        let given = SegmentNameRule.trimmed(try hooks?.name(segment: segment, label: label) ?? segment)
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
