import Foundation
import HooklineCore
import HooklineHooks
import HooklineSources
import Text

/// Runs an activation's hooks on a sample in several orders.
struct PurityInspection {
    /// A file of users; nil takes the package's samples, or the first rows of the source where it has none.
    let sample: String?
    /// Told how many users of each file were tried, so that nobody takes an empty sample for a clean bill.
    let tell: (String) -> Void

    /// Enough to meet every path of a script; the whole of a sample that has fewer.
    private static let rowLimit = 20_000
    /// Users that are shown of one sample; the others are counted.
    private static let shownLimit = 5

    /// An issue for each user whose verdict depends on who came before.
    func issues(_ activation: Activation, settings: HookSettings) throws -> [Issue] {
        let scripts = try ScriptFiles(activation: activation)
        return try samples(of: activation).flatMap { try issues(in: $0, activation, scripts, settings) }
    }

    /// A sample has columns of its own, in an order of its own: rules and scripts take those.
    private func issues(
        in path: String?, _ activation: Activation, _ scripts: ScriptFiles, _ settings: HookSettings
    ) throws -> [Issue] {
        let now = Clock.now()
        let today = CalendarDate(daysSinceEpoch: Int(now / 86_400))
        let context = HookContext(
            activation: activation.name, parameters: activation.parameters, now: now, today: today.text, timezone: activation.timezone,
            run: "purity", kind: .dryRun, seed: 0)
        let (columns, records) = try rows(path, activation)
        let check = PurityCheck(columns: columns, primaryKey: activation.model.primaryKey) {
            guard let host = try scripts.host(settings) else { throw CommandFailure("hook.fault", "the activation has no scripts") }
            try host.start(columns: columns, primaryKey: activation.model.primaryKey, context: context)
            return host
        }
        var selection: [UInt8] = []
        try RuleEvaluator(activation.rules, columns: columns, now: now, today: today).evaluate(records, into: &selection)
        let differences = try check.differences(records, selection: selection)
        let tried = selection.count { $0 == 1 }
        tell(
            "purity of \(activation.name): \(NumberText.grouped(tried)) of \(NumberText.grouped(records.count)) \(records.count == 1 ? "user" : "users")"
                + " of \(path.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "the source") \(tried == 1 ? "passes" : "pass") the rules"
                + (tried == 0 ? ", so no script was tried" : " and \(tried == 1 ? "was" : "were") tried in three orders"))
        var issues = differences.prefix(Self.shownLimit).map { issue($0, path) }
        if differences.count > Self.shownLimit {
            let location = path.map { " of \(URL(fileURLWithPath: $0).lastPathComponent)" } ?? ""
            issues.append(
                Issue("script.impure", "and \(NumberText.grouped(differences.count - Self.shownLimit)) more users\(location)", at: nil))
        }
        return issues
    }

    private func issue(_ difference: PurityCheck.Difference, _ path: String?) -> Issue {
        let location = path.map { " of \(URL(fileURLWithPath: $0).lastPathComponent)" } ?? ""
        return Issue(
            "script.impure",
            "\(difference.row)\(location): \(difference.inOrder); \(difference.way): \(difference.otherwise)."
                + " A hook must decide by the user alone: do not count or remember over users",
            at: nil)
    }

    /// The files to run; nil stands for the source itself.
    private func samples(of activation: Activation) -> [String?] {
        if let sample { return [sample] }
        let folder = activation.folder + "/samples"
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let samples = files.filter { $0.hasSuffix(".csv") || $0.hasSuffix(".jsonl") }.sorted()
        return samples.isEmpty ? [nil] : samples.map { "\(folder)/\($0)" }
    }

    private func rows(_ path: String?, _ activation: Activation) throws -> (columns: [Column], batch: RecordBatch) {
        let source =
            path.map { SourceConfiguration(sample: $0, name: "samples/\(URL(fileURLWithPath: $0).lastPathComponent)") } ?? activation.source
        let cursor = try SourceFactory.source(source, model: path == nil ? activation.model : activation.model.forSamples).open()
        var batch = RecordBatch(columns: cursor.columns)
        _ = try cursor.read(into: &batch, limit: Self.rowLimit)
        return (cursor.columns, batch)
    }
}
