import HooklineCore
import Lua

// What hooks see of Core's types. Each is a read-only record: reading a field that is not here is an error that suggests the nearest name.

extension LuaValue {
    /// `ctx`.
    init(_ context: HookContext) {
        self = .record(
            name: "ctx",
            fields: [
                ("params", .record(name: "ctx.params", fields: context.parameters.map { ($0.name, LuaValue($0.value)) })),
                ("now", .integer(context.now)),
                ("today", .string(context.today)),
                ("run", .record(name: "ctx.run", fields: [("id", .string(context.run)), ("kind", .string(context.kind.rawValue))])),
                ("activation", .string(context.activation)),
                ("timezone", .string(context.timezone)),
            ]
        )
    }

    init(_ parameter: ParameterValue) {
        switch parameter {
        case .text(let text), .date(let text): self = .string(text)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .boolean(let flag): self = .boolean(flag)
        case .list(let values): self = .list(values.map { LuaValue($0) })
        }
    }

    /// `segment` of the name hook.
    static func segment(name: String, label: String?, activation: String) -> LuaValue {
        .record(name: "segment", fields: [("name", .string(name)), ("label", optional(label)), ("activation", .string(activation))])
    }

    /// `plan` of the review hook.
    init(_ plan: ReviewedPlan) {
        self = .record(
            name: "plan",
            fields: [
                ("name", .string(plan.name)),
                ("label", .optional(plan.label)),
                ("members", .integer(Int64(plan.members))),
                ("added", .integer(Int64(plan.added))),
                ("removed", .integer(Int64(plan.removed))),
                ("unchanged", .integer(Int64(plan.unchanged))),
                ("dropped", .counts(plan.dropped)),
                ("calls", .integer(Int64(plan.calls))),
                ("added_sample", .list(plan.addedSample.map { .string($0) })),
                ("removed_sample", .list(plan.removedSample.map { .string($0) })),
            ]
        )
    }

    /// `report` of the report hook; the sums are over all segments.
    init(_ report: RunReport) {
        let segments = report.segments
        self = .record(
            name: "report",
            fields: [
                ("run", .string(report.run)),
                ("activation", .string(report.activation)),
                ("kind", .string(report.kind.rawValue)),
                ("outcome", .string(report.outcome.rawValue)),
                ("segment", .string(segments.first?.name ?? report.activation)),
                ("segments", .list(segments.map { LuaValue($0) })),
                ("rows", .integer(Int64(report.rows))),
                ("members", .integer(segments.reduce(0) { $0 + Int64($1.members) })),
                ("added", .integer(segments.reduce(0) { $0 + Int64($1.added) })),
                ("removed", .integer(segments.reduce(0) { $0 + Int64($1.removed) })),
                ("unchanged", .integer(segments.reduce(0) { $0 + Int64($1.unchanged) })),
                ("dropped", .counts(report.buckets.droppedByHook)),
                ("not_contacts", .integer(Int64(report.buckets.notAContact))),
                ("rejected", .integer(Int64(report.buckets.rejected))),
                ("calls", .integer(Int64(report.calls))),
                ("seconds", .number(report.seconds)),
                ("warnings", .integer(Int64(report.warnings.count))),
                ("error", .optional(report.failureText)),
            ]
        )
    }

    private init(_ segment: SegmentReport) {
        self = .record(
            name: "segment",
            fields: [
                ("name", .string(segment.name)),
                ("label", .optional(segment.label)),
                ("members", .integer(Int64(segment.members))),
                ("believed", .boolean(segment.believed == true)),
                ("added", .integer(Int64(segment.added))),
                ("removed", .integer(Int64(segment.removed))),
                ("unchanged", .integer(Int64(segment.unchanged))),
            ]
        )
    }

    private static func optional(_ text: String?) -> LuaValue { text.map { .string($0) } ?? .none }

    private static func counts(_ counts: [String: Int]) -> LuaValue { .table(counts.mapValues { .integer(Int64($0)) }) }
}
