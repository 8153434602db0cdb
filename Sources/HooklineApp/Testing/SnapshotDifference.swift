import Foundation
import HooklineCore

/// Compares two snapshots of a test, row by row and field by field.
struct SnapshotDifference {
    private let before: [String: Any]
    private let now: [String: Any]
    private let fates: [RowFate]

    private static let lineLimit = 16

    init(before: Data, now: Data, fates: [RowFate]) {
        self.before = Self.object(before)
        self.now = Self.object(now)
        self.fates = fates
    }

    /// Whether a file looks like a snapshot.
    static func isSnapshot(_ path: String) -> Bool {
        let object = object(FileManager.default.contents(atPath: path) ?? Data())
        return object["rows"] != nil && object["segments"] != nil
    }

    private static func object(_ data: Data) -> [String: Any] {
        (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
    }

    var lines: [String] {
        var lines = rows()
        for key in Set(before.keys).union(now.keys).sorted() where key != "rows" {
            lines += differences("", key, before[key], now[key])
        }
        if lines.isEmpty { return ["the files differ only in formatting"] }
        return Array(lines.prefix(Self.lineLimit)) + (lines.count > Self.lineLimit ? ["and \(lines.count - Self.lineLimit) more"] : [])
    }

    private func rows() -> [String] {
        let (old, new) = (byNumber(before), byNumber(now))
        return Set(old.keys).union(new.keys).sorted().flatMap { number -> [String] in
            guard let was = old[number] else { return ["row \(number): is new"] }
            guard let became = new[number] else { return ["row \(number): is gone"] }
            let fate = fates.first { $0.row == number }
            let location = fate?.locations.last.map { " (\($0.hook), \($0))" } ?? ""
            return Set(was.keys).union(became.keys).sorted().flatMap { key -> [String] in
                differences("row \(number)\(fate?.address.map { " \($0)" } ?? "")\(location), ", key, was[key], became[key])
            }
        }
    }

    private func byNumber(_ snapshot: [String: Any]) -> [Int: [String: Any]] {
        var rows: [Int: [String: Any]] = [:]
        for row in snapshot["rows"] as? [[String: Any]] ?? [] {
            if let number = row["row"] as? Int { rows[number] = row }
        }
        return rows
    }

    /// What differs below a key: mappings entry by entry, everything else as a whole.
    private func differences(_ location: String, _ key: String, _ was: Any?, _ became: Any?) -> [String] {
        if let was = was as? [String: Any], let became = became as? [String: Any] {
            return Set(was.keys).union(became.keys).sorted().flatMap { differences(location, "\(key).\($0)", was[$0], became[$0]) }
        }
        let (old, new) = (Self.text(was), Self.text(became))
        return old == new ? [] : ["\(location)\(key): \(old) → \(new)"]
    }

    private static func text(_ value: Any?) -> String {
        guard let value, !(value is NSNull) else { return "nothing" }
        let data = try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
