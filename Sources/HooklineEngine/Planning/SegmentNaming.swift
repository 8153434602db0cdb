import HooklineCore
import Mailchimp

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
        let trimmed = String(name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        let limit = SegmentName.byteLimit
        guard (1...limit).contains(trimmed.utf8.count) else {
            throw EngineError(
                .badSegmentName,
                "the segment of \(LabelText.shown(label)) would have a name of \(trimmed.utf8.count) bytes; a segment's name has 1 to \(limit)",
                advice: "Return a shorter label, or a shorter name from a name hook")
        }
        guard !trimmed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw EngineError(
                .badSegmentName,
                "the name of a label's segment would contain a line break or another control character; a segment's name is one line of text",
                advice: "Remove it from the label, or return another name from a name hook")
        }
        return trimmed
    }
}
