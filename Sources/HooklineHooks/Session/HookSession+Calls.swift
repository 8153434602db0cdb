import HooklineCore
import Lua

// The hooks that are called outside batches.
extension HookSession {
    /// The segment's name according to the `name` hook, or the given one without such a hook.
    ///
    /// - Throws: `HookError` when the hook fails or returns something that cannot be a segment's name.
    func name(segment: String, label: String?) throws -> String {
        guard let hook = scripts.hooks("name").first else { return segment }
        let result = try call(hook, [.segment(name: segment, label: label, activation: activation), .context])
        return try SegmentName(package: package, file: hook.file).checked(result.first)
    }

    /// The verdict of the `review` hooks: the first one that stops the run decides.
    ///
    /// - Throws: `HookError` when a hook fails or returns something it must not return.
    func review(_ plan: ReviewedPlan) throws -> ReviewVerdict {
        for hook in scripts.hooks("review") {
            let result = try call(hook, [LuaValue(plan), .context])
            switch (result.first, result.second) {
            case (.boolean(true), _): continue
            case (.boolean(false), .string(let reason)): return .stop(reason: Redaction.redacted(String(reason.prefix(1_000))))
            case (.boolean(false), .none): return .stop(reason: "no reason given")
            case (.boolean(false), let other): throw badReturn(hook, "review's reason must be a string; it is a \(other.typeName)")
            case (let other, _): throw badReturn(hook, "review must return true, or false and a reason; it returned \(phrase(other))")
            }
        }
        return .go
    }

    /// The line of the `report` hook; nil without one, and after a failure that left no machine to ask.
    ///
    /// - Throws: `HookError` when the hook fails or returns something it must not return.
    func report(_ report: RunReport) throws -> String? {
        if failures.isBroken { return nil }
        guard let hook = scripts.hooks("report").first else { return nil }
        switch try call(hook, [LuaValue(report), .context]).first {
        case .none: return nil
        case .string(let text): return Redaction.redacted(String(text.prefix(1_000)))
        case .bytes:
            throw HookMessage(package: package).error(.badText, "report returns text that is not UTF-8", file: hook.file, entry: hook.name)
        case let other: throw badReturn(hook, "report must return a string or nil; it returned \(phrase(other))")
        }
    }

    private func call(_ hook: LoadedScripts.Hook, _ arguments: [LuaValue]) throws -> (first: LuaValue, second: LuaValue) {
        try failures.translating(hook: hook.name) {
            let result = try scripts.machine.call(hook.function, arguments)
            output.hear(try scripts.machine.update(), from: first)
            return result
        }
    }

    private func badReturn(_ hook: LoadedScripts.Hook, _ text: String) -> HookError {
        HookMessage(package: package).error(.badReturn, text, file: hook.file, entry: hook.name)
    }

    private func phrase(_ value: LuaValue) -> String { value == .none ? "nil" : "a \(value.typeName)" }
}
