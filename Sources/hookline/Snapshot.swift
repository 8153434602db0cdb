import Foundation
import HooklineCore
import HooklineEngine

/// All that came of a test, written down the last time: `tests/snapshots/<name>.json`.
struct Snapshot {
    private let path: String
    private let name: String

    init(folder: String, test: ScriptTest) {
        name = Self.fileName(test.name)
        path = "\(folder)/tests/snapshots/\(name).json"
    }

    /// Words of small letters with dashes for spaces; another name has a digest behind that, so that no two tests share a file.
    private static func fileName(_ test: String) -> String {
        let words = test.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined().split(separator: "-")
        let readable = String(words.joined(separator: "-").prefix(60))
        if readable.replacing("-", with: " ") == test { return readable }
        var digest = Fingerprint()
        digest.add("test", Array(test.utf8))
        return (readable.isEmpty ? "test" : readable) + "-" + digest.text.prefix(8)
    }

    /// The snapshots of a package that no test has any more, relative to it; taken away when `removes` says so.
    static func orphans(in folder: String, of tests: [ScriptTest], removes: Bool) throws -> [String] {
        let home = "\(folder)/tests/snapshots"
        let wanted = Set(tests.filter(\.expectation.isSnapshot).map { fileName($0.name) + ".json" })
        let there = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
        let orphans = there.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") && !wanted.contains($0) }.sorted()
        if removes { for name in orphans { try FileManager.default.removeItem(atPath: "\(home)/\(name)") } }
        return orphans.map { "tests/snapshots/\($0)" }
    }

    /// What differs from the record; with `updates` it is written anew.
    func differences(_ outcome: ScriptTestOutcome, updates: Bool) throws -> [String] {
        let now = try text(outcome)
        if updates {
            try FileManager.default.createDirectory(atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data(now.utf8).write(to: URL(fileURLWithPath: path))
            return []
        }
        guard let before = FileManager.default.contents(atPath: path).map({ String(decoding: $0, as: UTF8.self) }) else {
            return ["snapshot: there is none yet; hookline test --update writes tests/snapshots/\(name).json"]
        }
        return before == now ? [] : ["snapshot differs (hookline test --update takes the new one over)\n" + lines(before, now)]
    }

    private func text(_ outcome: ScriptTestOutcome) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Record(outcome)), as: UTF8.self) + "\n"
    }

    /// The first lines that differ, in the order in which they stand.
    private func lines(_ before: String, _ now: String) -> String {
        let (old, new) = (before.split(separator: "\n").map(String.init), now.split(separator: "\n").map(String.init))
        var (removed, inserted): (Set<Int>, Set<Int>) = ([], [])
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var changes: [String] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if removed.contains(left) {
                changes.append("  - \(old[left])")
                left += 1
            } else if inserted.contains(right) {
                changes.append("  + \(new[right])")
                right += 1
            } else {
                left += 1
                right += 1
            }
        }
        return (changes.prefix(16) + (changes.count > 16 ? ["  and \(changes.count - 16) more lines"] : [])).joined(separator: "\n")
    }

    /// What a snapshot holds: nothing that differs from machine to machine.
    private struct Record: Encodable {
        let rows: [Row]
        let segments: [String: [String: [String]]]

        struct Row: Encodable {
            let row: Int
            let key: String?
            let verdict: String
            let reason: String?
            let address: String?
            /// Field by field, so that a difference shows which one.
            let mapping: [String: String]?
            let labels: [String]
            let log: [String]

            init(_ fate: RowFate) {
                (row, key, verdict, reason, address) = (fate.row, fate.key, fate.verdict, fate.reason, fate.address)
                (labels, log) = (fate.labels, fate.log)
                let fields = MappedFields(json: fate.mapping).sorted
                mapping = fate.mapping == nil ? nil : Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.value) })
            }
        }

        let stopped: String?
        let error: String?
        let log: [String]

        init(_ outcome: ScriptTestOutcome) {
            rows = outcome.fates.map(Row.init)
            var segments: [String: [String: [String]]] = [:]
            for segment in outcome.plan?.segments ?? [] {
                segments[segment.name] = [
                    "added": segment.adds.addresses(0..<segment.adds.count).sorted(),
                    "removed": segment.removes.addresses(0..<segment.removes.count).sorted(),
                ]
            }
            self.segments = segments
            stopped = outcome.stop?.message
            error = outcome.error?.message
            log = outcome.log.map(\.message)
        }
    }
}
