import Foundation
import HooklineCore
import HooklineEngine

/// Everything that came of a test when it was last recorded: `tests/snapshots/<name>.json`.
struct Snapshot {
    private let folder: String
    private let path: String
    private let name: String

    init(folder: String, test: ScriptTest) {
        self.folder = folder
        name = Self.fileName(test.name)
        path = "\(folder)/tests/snapshots/\(name).json"
    }

    /// Lowercase words with dashes between them. Any other name gets a digest, so that no two tests share a file.
    private static func fileName(_ test: String) -> String {
        let words = test.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined().split(separator: "-")
        let readable = String(words.joined(separator: "-").prefix(60))
        if readable.replacing("-", with: " ") == test { return readable }
        var digest = Fingerprint()
        digest.add("test", Array(test.utf8))
        return (readable.isEmpty ? "test" : readable) + "-" + digest.text.prefix(8)
    }

    /// The snapshots of a package that no test has anymore, relative to it. Other files in that folder are left alone.
    ///
    /// - Parameters:
    ///   - folder: the package's.
    ///   - tests: all of its tests.
    ///   - removes: whether they are removed.
    /// - Returns: their paths, sorted.
    /// - Throws: `test.linked_snapshot`.
    static func orphans(in folder: String, of tests: [ScriptTest], removes: Bool) throws -> [String] {
        let home = "\(folder)/tests/snapshots"
        guard try isOurs(home, in: folder) else { return [] }
        let wanted = Set(tests.filter(\.expectation.isSnapshot).map { fileName($0.name) + ".json" })
        let there = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
        let orphans = try there.filter { name in
            guard name.hasSuffix(".json"), !name.hasPrefix("."), !wanted.contains(name) else { return false }
            return try isOurs("\(home)/\(name)", in: folder) && SnapshotDifference.isSnapshot("\(home)/\(name)")
        }.sorted()
        if removes { for name in orphans { try FileManager.default.removeItem(atPath: "\(home)/\(name)") } }
        return orphans.map { "tests/snapshots/\($0)" }
    }

    /// Whether a path exists and leads nowhere else: a package from elsewhere may contain links, and what they lead to is not ours to
    /// write or remove.
    private static func isOurs(_ path: String, in folder: String) throws -> Bool {
        guard let real = realpath(path, nil), let home = realpath(folder, nil) else { return false }
        defer {
            free(real)
            free(home)
        }
        let (found, expected) = (String(cString: real), String(cString: home) + path.dropFirst(folder.count))
        guard found == expected else {
            throw AppError(.linkedSnapshot, "\(path) is a link, or lies behind one: snapshots are kept in the package itself")
        }
        return true
    }

    /// What differs from the record, as lines for a person; none where the record is written anew.
    ///
    /// - Throws: `test.linked_snapshot`.
    func differences(_ outcome: ScriptTestOutcome, updates: Bool) throws -> [String] {
        let now = try text(outcome)
        _ = try Self.isOurs("\(folder)/tests", in: folder)
        _ = try Self.isOurs("\(folder)/tests/snapshots", in: folder)
        if (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil { _ = try Self.isOurs(path, in: folder) }
        if updates {
            try FileManager.default.createDirectory(atPath: "\(folder)/tests/snapshots", withIntermediateDirectories: true)
            // An atomic write replaces a link that somebody put there meanwhile; it does not follow it.
            try Data(now.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
            return []
        }
        guard let before = FileManager.default.contents(atPath: path) else {
            return ["snapshot: there is none yet; 'hookline test --update' writes tests/snapshots/\(name).json"]
        }
        if String(decoding: before, as: UTF8.self) == now { return [] }
        let lines = SnapshotDifference(before: before, now: Data(now.utf8), fates: outcome.fates).lines
        return ["snapshot differs ('hookline test --update' accepts the new one)\n" + lines.map { "  \($0)" }.joined(separator: "\n")]
    }

    private func text(_ outcome: ScriptTestOutcome) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Record(outcome)), as: UTF8.self) + "\n"
    }

    /// What a snapshot records: nothing that differs from machine to machine.
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
                (row, key, verdict, reason, address) = (fate.row, fate.key, fate.verdict.rawValue, fate.reason, fate.address)
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
                    "added": segment.adds.rest.addresses(0..<segment.adds.count).sorted(),
                    "removed": segment.removes.rest.addresses(0..<segment.removes.count).sorted(),
                ]
            }
            self.segments = segments
            stopped = outcome.stop?.stopText
            error = outcome.error?.text
            log = outcome.log.map(\.message)
        }
    }
}
