import HooklineCore
import Lua

/// One run's use of a package's scripts.
struct HookSession {
    let package: ScriptPackage
    let scripts: LoadedScripts
    let policy: Safeguards.ScriptErrorPolicy
    private(set) var activation = ""
    var underWay = UserBatch(columns: [])
    private(set) var userRun: UserRun?
    private(set) var forgiven: ForgivenErrors
    private var lines: [HookLogLine] = []
    private var lostLines = 0

    init(_ package: ScriptPackage, limits: HookLimits, safeguards: Safeguards) throws(HookError) {
        self.package = package
        scripts = try LoadedScripts(package, limits: limits)
        policy = safeguards.onScriptError ?? .fail
        forgiven = ForgivenErrors(allowed: safeguards.maxScriptErrors ?? 100)
    }

    /// What the scripts logged so far, addresses left out.
    var log: [HookLogLine] {
        mutating get {
            collectLog()
            if lostLines == 0 { return lines }
            return lines + [HookLogLine(level: "warn", message: "\(lostLines) more lines were not kept")]
        }
    }

    mutating func start(columns: [Column], primaryKey: String?, context: HookContext) throws {
        activation = context.activation
        scripts.machine.seedRandom(context.seed)
        try inLua(hook: nil) { try scripts.machine.setContext(LuaValue(context)) }
        for hook in scripts.hooks("setup") { _ = try call(hook, [.context]) }
        userRun = try inLua(hook: nil) { try UserRun(scripts, columns: columns, primaryKey: primaryKey) }
    }

    mutating func process(_ batch: RecordBatch, selection: [UInt8], into verdicts: inout HookVerdicts) throws {
        guard let userRun else { throw HookError(.fault, "\(package.name): users came before start") }
        verdicts.reset(rows: batch.count)
        defer { collectLog() }
        try userRun.process(batch, selection: selection, into: &verdicts) { error, row, hook in
            try forgive(HookMessage(package: package, hook: hook, row: row).error(error), fatal: error.isFatal)
            return policy == .keep
        }
    }

    func name(segment: String, label: String?) throws -> String {
        guard let hook = scripts.hooks("name").first else { return segment }
        let result = try call(hook, [.segment(name: segment, label: label, activation: activation), .context])
        return try SegmentName(package: package, file: hook.file).checked(result.first)
    }

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

    func report(_ report: RunReport) throws -> String? {
        guard let hook = scripts.hooks("report").first else { return nil }
        switch try call(hook, [LuaValue(report), .context]).first {
        case .none: return nil
        case .string(let text): return Redaction.redacted(String(text.prefix(1_000)))
        case .bytes: throw HookMessage(package: package).error(.badText, "report returns text that is not UTF-8", file: hook.file)
        case let other: throw badReturn(hook, "report must return a string or nil; it returned \(phrase(other))")
        }
    }

    private func call(_ hook: LoadedScripts.Hook, _ arguments: [LuaValue]) throws -> (first: LuaValue, second: LuaValue) {
        try inLua(hook: hook.name) { try scripts.machine.call(hook.function, arguments) }
    }

    private func inLua<Result>(hook: String?, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as LuaError {
            throw HookMessage(package: package, hook: hook).error(error)
        }
    }

    /// Counts the error, or throws it when the policy, its kind or the count does not allow to go on.
    private mutating func forgive(_ error: HookError, fatal: Bool) throws {
        if policy == .fail || fatal { throw error }
        try forgiven.add(error, package: package.name)
    }

    private func badReturn(_ hook: LoadedScripts.Hook, _ text: String) -> HookError {
        HookMessage(package: package).error(.badReturn, text, file: hook.file)
    }

    private func phrase(_ value: LuaValue) -> String { value == .none ? "nil" : "a \(value.typeName)" }

    private mutating func collectLog() {
        let (new, lost) = scripts.machine.takeLog()
        lines += new.map { HookLogLine(level: $0.level.rawValue, message: Redaction.redacted($0.text)) }
        lostLines = lost
    }
}
