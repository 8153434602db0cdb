// The fields of what hooks receive besides users. `LuaValue+Core.swift` sends exactly these, and a test checks it.
extension HookCatalog {
    /// The fields of `segment` in the name hook.
    package static let segmentFields: [Field] = [
        Field(name: "name", type: "string", summary: "the segment's name in the manifest"),
        Field(name: "label", type: "string?", summary: "the breakdown's label; nil for the segment itself"),
        Field(name: "activation", type: "string", summary: "the activation's name"),
    ]

    /// The fields of `plan` in the review hook.
    package static let planFields: [Field] = [
        Field(name: "name", type: "string", summary: "the segment's name at Mailchimp"),
        Field(name: "label", type: "string?", summary: "the breakdown's label; nil for the segment itself"),
        Field(name: "members", type: "integer", summary: "members before the run"),
        Field(name: "added", type: "integer", summary: "users who would enter"),
        Field(name: "removed", type: "integer", summary: "members who would leave"),
        Field(name: "unchanged", type: "integer", summary: "members who stay"),
        Field(name: "dropped", type: "table<string, integer>", summary: "users that filters dropped, by reason"),
        Field(name: "calls", type: "integer", summary: "API calls it would take"),
        Field(name: "added_sample", type: "string[]", summary: "addresses of up to 100 users who would enter"),
        Field(name: "removed_sample", type: "string[]", summary: "addresses of up to 100 members who would leave"),
    ]

    /// The fields of `report` in the report hook.
    package static let reportFields: [Field] = [
        Field(name: "run", type: "string", summary: "the run's ID"),
        Field(name: "activation", type: "string", summary: "the activation's name"),
        Field(name: "kind", type: "string", summary: "run, refresh, dry-run, apply or undo"),
        Field(name: "outcome", type: "string", summary: "done, unchanged, stopped, stale, empty, failed or partial"),
        Field(name: "segment", type: "string", summary: "the first segment's name"),
        Field(name: "segments", type: "hookline.SegmentReport[]", summary: "each segment"),
        Field(name: "rows", type: "integer", summary: "rows read from the source"),
        Field(name: "members", type: "integer", summary: "members after the run, over all segments"),
        Field(name: "added", type: "integer", summary: "users who entered, over all segments"),
        Field(name: "removed", type: "integer", summary: "members who left, over all segments"),
        Field(name: "unchanged", type: "integer", summary: "members who stayed, over all segments"),
        Field(name: "dropped", type: "table<string, integer>", summary: "users that filters dropped, by reason"),
        Field(name: "not_contacts", type: "integer", summary: "users who are not contacts of the audience"),
        Field(name: "rejected", type: "integer", summary: "users that Mailchimp rejected"),
        Field(name: "calls", type: "integer", summary: "API calls made"),
        Field(name: "seconds", type: "number", summary: "how long the run took, in seconds"),
        Field(name: "warnings", type: "integer", summary: "the number of warnings"),
        Field(name: "error", type: "string?", summary: "what stopped or failed the run"),
    ]

    /// The fields of an element of `report.segments`.
    package static let segmentReportFields: [Field] = [
        Field(name: "name", type: "string", summary: "the segment's name at Mailchimp"),
        Field(name: "label", type: "string?", summary: "the breakdown's label; nil for the segment itself"),
        Field(name: "members", type: "integer", summary: "members after the run"),
        Field(name: "believed", type: "boolean", summary: "whether Mailchimp showed another number, or was not asked"),
        Field(name: "added", type: "integer", summary: "users who entered"),
        Field(name: "removed", type: "integer", summary: "members who left"),
        Field(name: "unchanged", type: "integer", summary: "members who stayed"),
    ]
}
