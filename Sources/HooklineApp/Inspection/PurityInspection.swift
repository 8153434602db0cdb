import Foundation
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineSources
import SystemPackage
import Text

/// How many users of a sample were tried, so that nobody takes an empty sample for a clean bill of health.
package struct PurityTrial: Sendable {
    package let activation: String
    /// The sample's file name; nil for the source itself.
    package let sample: String?
    /// Users read.
    package let users: Int
    /// Users whom the rules let through to the scripts.
    package let tried: Int
    /// Whether there are more users than were read.
    package let isCut: Bool
}

/// Passes a sample through an activation's hooks in several orders.
struct PurityInspection {
    let app: App
    /// A file of users; nil takes the package's samples, or the first rows of the source where it has none.
    let sample: String?
    let settings: HookSettings

    /// Rows of a sample. Enough to meet every path of a script.
    private static let rowLimit = 20_000
    /// Users of one sample who are reported one by one; the others are counted.
    private static let shownLimit = 5

    /// An issue for each user whose verdict depends on who came before.
    func issues(_ activation: Activation) throws -> [Issue] {
        let scripts = try ScriptFiles(activation: activation)
        return try samples(of: activation).flatMap { try issues(in: $0, activation, scripts) }
    }

    /// A sample has columns of its own, in an order of its own: rules and scripts are compiled for those.
    private func issues(in path: String?, _ activation: Activation, _ scripts: ScriptFiles) throws -> [Issue] {
        let now = app.clock.now()
        let today = try CalendarDate(now: now, timezone: activation.timezone)
        let context = HookContext(activation, run: "purity", kind: .dryRun, startedAt: now, today: today)
        let (columns, records, isCut) = try rows(path, activation)
        let check = PurityCheck(columns: columns, primaryKey: activation.model.primaryKey, emailField: activation.emailField) {
            let host = try LuaHookHost(scripts.package, settings: settings)
            try host.start(columns: columns, primaryKey: activation.model.primaryKey, context: context)
            return host
        }
        var selection: [UInt8] = []
        let ranks = try Ranks(activation.rules, now: now, zone: activation.zone, spilling: nil) { begin, body in
            try begin(columns)
            try body(records)
        }
        try RuleEvaluator(activation.rules, columns: columns, now: now, zone: activation.zone, ranks: ranks)
            .evaluate(records, into: &selection)
        let differences = try check.differences(records, selection: selection)
        app.observer.observe(
            .purityTried(
                PurityTrial(
                    activation: activation.name, sample: path.flatMap(Self.fileName), users: records.count,
                    tried: selection.count { $0 == 1 }, isCut: isCut)
            ))
        let location = path.flatMap(Self.fileName).map { " of \($0)" } ?? ""
        var issues = differences.prefix(Self.shownLimit).map { Self.issue($0, location) }
        let more = differences.count - Self.shownLimit
        if more > 0 { issues.append(Issue(Self.code, "and \(NumberText.grouped(more)) more users\(location)", at: nil)) }
        return issues
    }

    private static let code = "script.impure"

    private static func issue(_ difference: PurityCheck.Difference, _ location: String) -> Issue {
        Issue(
            code,
            "\(difference.row)\(location): \(difference.inOrder); \(difference.way): \(difference.otherwise)."
                + " A hook must decide by the user alone: do not count users or remember them",
            at: nil)
    }

    private static func fileName(_ path: String) -> String? { FilePath(path).lastComponent?.string }

    /// The files to try; nil stands for the source itself.
    private func samples(of activation: Activation) -> [String?] {
        if let sample { return [sample] }
        let folder = activation.folder + "/samples"
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let samples = files.filter { $0.hasSuffix(".csv") || $0.hasSuffix(".jsonl") }.sorted()
        return samples.isEmpty ? [nil] : samples.map { "\(folder)/\($0)" }
    }

    private func rows(_ path: String?, _ activation: Activation) throws -> (columns: [Column], batch: RecordBatch, isCut: Bool) {
        let source = path.map { SourceConfiguration(sample: $0, name: "samples/\(Self.fileName($0) ?? $0)") } ?? activation.source
        let first = FirstRows(
            of: SourceFactory.source(source, model: path == nil ? activation.model : activation.model.forSamples), limit: Self.rowLimit)
        let cursor = try first.open(at: app.clock.now()) { Task.isCancelled }
        var batch = RecordBatch(columns: cursor.columns)
        _ = try cursor.read(into: &batch, limit: Self.rowLimit)
        return (cursor.columns, batch, first.isCut)
    }
}
