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

    /// The first lines that differ.
    private func lines(_ before: String, _ now: String) -> String {
        let difference = now.split(separator: "\n").map(String.init).difference(from: before.split(separator: "\n").map(String.init))
        let changes = difference.map { change in
            switch change {
            case .remove(_, let line, _): "  - \(line)"
            case .insert(_, let line, _): "  + \(line)"
            }
        }
        return (changes.prefix(16) + (changes.count > 16 ? ["  and \(changes.count - 16) more lines"] : [])).joined(separator: "\n")
    }

    /// What a snapshot holds: nothing that differs from machine to machine.
    private struct Record: Encodable {
        let rows: [RowFate]
        let segments: [String: [String: [String]]]
        let stopped: String?
        let error: String?
        let log: [String]

        init(_ outcome: ScriptTestOutcome) {
            rows = outcome.fates
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
