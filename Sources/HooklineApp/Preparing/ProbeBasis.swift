import Foundation
import HooklineCore
import HooklineHooks
import HooklineManifest

/// What a run follows from beside the source and the package's own files, and what in it changes with the time of day.
struct ProbeBasis: Sendable {
    /// A digest of the workspace's file, whose defaults and bindings count.
    let text: String
    /// Why a probe cannot tell that nothing changed; nil if it can.
    let reasonToRead: String?

    /// Texts in code without which a script gets neither the time nor chance.
    private static let wordsOfChance: Set<String> = ["now", "random", "randomseed", "run", "seed", "pairs", "next", "time", "clock"]
    /// Words in SQL that may mean the present moment, or chance. One too many costs a reading.
    private static let wordsOfTime = [
        "now", "today", "current", "local", "sysdate", "getdate", "random", "rand(", "uuid", "timestamp(", "age(", "julianday", "date(",
        "time(", "unixepoch", "strftime", "nextval",
    ]

    init(_ activation: Activation, _ facts: ScriptFacts?, root: String) {
        var fingerprint = Fingerprint()
        let workspace = FileManager.default.contents(atPath: "\(root)/\(WorkspaceLoader.workspaceFile)") ?? Data()
        fingerprint.add("workspace", Array(workspace))
        // What environment variables and files in it stand for.
        fingerprint.add("destination", Array("\(activation.destination.audience) \(activation.destination.baseURL ?? "")".utf8))
        fingerprint.add("probe", Array("\(activation.model.probe.map { "\($0)" } ?? "")".utf8))
        text = fingerprint.text
        reasonToRead = Self.reason(activation, facts)
    }

    private static func reason(_ activation: Activation, _ facts: ScriptFacts?) -> String? {
        if [activation.rules, activation.consent].compactMap(\.self).contains(where: \.countsDays) { return "the rules count days" }
        if !activation.model.relations.isEmpty { return "a probe does not see the rows of related models" }
        if let facts, !facts.texts.isDisjoint(with: wordsOfChance) { return "the scripts may ask for the time or for chance" }
        let sql = [activation.model.sql].compactMap(\.self) + activation.model.calculated.map(\.expression)
        let lower = sql.map { $0.lowercased() }
        if lower.contains(where: { text in wordsOfTime.contains { text.contains($0) } }) {
            return "the SQL may ask for the time or for chance"
        }
        return nil
    }
}

extension Condition {
    /// Whether it is about days before or after the present.
    fileprivate var countsDays: Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.contains(where: \.countsDays)
        case .not(let part): part.countsDays
        case .segment(let rule): rule.rules?.countsDays == true
        case .test(let test):
            switch test.operation {
            case .withinDays, .olderThanDays, .inNextDays, .anniversaryWithinDays: true
            default: false
            }
        }
    }
}
