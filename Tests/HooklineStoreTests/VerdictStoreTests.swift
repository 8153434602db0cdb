import Foundation
import HooklineCore
import HooklineStore
import Support
import Testing

@Suite("Verdicts that an activation remembers")
struct VerdictStoreTests {
    private let kept = RememberedVerdict(reason: nil, address: .unchanged, labels: ["gold", "é"], isOfDay: false)
    private let dropped = RememberedVerdict(reason: "not in France", address: .column(2), labels: [], isOfDay: false)
    private let ofDay = RememberedVerdict(reason: nil, address: .cleared, labels: [], isOfDay: true)

    /// Gives `body` a folder with a ledger in it.
    private func withLedger(_ body: (SQLiteLedger, String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("verdicts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let ledger = try SQLiteLedger.open(at: folder.appendingPathComponent("ledger.db").path)
        try body(ledger, folder.appendingPathComponent("ledger.db-verdicts/vip").path)
    }

    private func store(_ ledger: SQLiteLedger, days: Int = 1, writes: Bool = true) -> VerdictStore {
        VerdictStore(besides: ledger, activation: "vip", fullEveryDays: days, writes: writes)
    }

    private func digests(_ numbers: some Sequence<Int>) -> [RowDigest] {
        numbers.map { RowDigest(high: UInt64($0), low: UInt64($0) &* 0x9E37_79B9_7F4A_7C15) }
    }

    /// Writes a file with these rows, each with one of three verdicts.
    private func remember(
        _ rows: [RowDigest], _ ledger: SQLiteLedger, today: String = "2026-03-01", basis: String = "a", after warnings: [String] = []
    ) throws {
        let store = store(ledger)
        _ = store.open(basis: basis, today: today, readsAll: nil)
        let numbers = try [kept, dropped, ofDay].map { try #require(store.number(of: $0)) }
        store.remember(rows, rows.indices.map { $0 % 4 == 3 ? -1 : numbers[$0 % 4] })
        let closed = store.close(discardingFor: nil)
        #expect(closed.notKept == nil && closed.warnings.map(\.code) == warnings)
    }

    /// What is recalled of rows, or why nothing is.
    private func recalled(
        _ rows: [RowDigest], _ ledger: SQLiteLedger, today: String = "2026-03-01", basis: String = "a", readsAll: String? = nil,
        days: Int = 1
    ) -> (verdicts: [RememberedVerdict?], full: String?, warnings: [String]) {
        let store = store(ledger, days: days, writes: false)
        let opened = store.open(basis: basis, today: today, readsAll: readsAll)
        var numbers: [Int32] = []
        store.recall(rows, into: &numbers)
        let verdicts = numbers.map { $0 < 0 ? nil : store.verdict($0) }
        return (verdicts, opened.full, store.close(discardingFor: "").warnings.map(\.code))
    }

    @Test("come back for the same rows, in any order, and for no other")
    func recalling() throws {
        try withLedger { ledger, path in
            #expect(recalled(digests(0..<3), ledger).full != nil, "nothing is there yet")
            try remember(digests(0..<10), ledger)
            let found = recalled(digests([2, 1, 0, 3, 99, 4]), ledger)
            #expect(found.full == nil && found.verdicts == [ofDay, dropped, kept, nil, nil, kept])
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("hold under the same basis only, until the day on which all rows are asked again")
    func basis() throws {
        try withLedger { ledger, _ in
            try remember(digests(0..<3), ledger)
            #expect(recalled(digests(0..<3), ledger, basis: "b").full != nil)
            #expect(recalled(digests(0..<3), ledger, readsAll: "asked").full == "asked")
            #expect(recalled(digests(0..<3), ledger, today: "2026-03-02").full != nil)
            #expect(recalled(digests(0..<3), ledger, today: "2026-02-28", days: 7).full != nil, "the clock went back")
            // The verdict of a day is of that day only.
            let later = recalled(digests(0..<3), ledger, today: "2026-03-07", days: 7)
            #expect(later.full == nil && later.verdicts == [kept, dropped, nil])
            #expect(recalled(digests(0..<3), ledger, today: "2026-03-08", days: 7).full != nil)
        }
    }

    @Test("of a day are not taken for those of another day by a later run")
    func days() throws {
        try withLedger { ledger, _ in
            try remember(digests(0..<3), ledger)
            let next = store(ledger, days: 7)
            #expect(next.open(basis: "a", today: "2026-03-02", readsAll: nil).full == nil)
            var numbers: [Int32] = []
            next.recall(digests(0..<3), into: &numbers)
            #expect(numbers[2] == -1)
            numbers[2] = try #require(next.number(of: ofDay))
            next.remember(digests(0..<3), numbers)
            #expect(next.close(discardingFor: nil).notKept == nil)
            #expect(recalled(digests(0..<3), ledger, today: "2026-03-02", days: 7).verdicts == [kept, dropped, ofDay])
            #expect(recalled(digests(0..<3), ledger, today: "2026-03-03", days: 7).verdicts == [kept, dropped, nil])
            // All rows entered the hooks on March 1, not on March 2.
            #expect(recalled(digests(0..<3), ledger, today: "2026-03-08", days: 7).full != nil)
        }
    }

    @Test("are found in a large file whose rows moved, came, and went")
    func windows() throws {
        try withLedger { ledger, _ in
            let rows = 600_000
            try remember(digests(0..<rows), ledger)
            func share(_ numbers: [Int]) -> Double {
                let found = recalled(digests(numbers), ledger).verdicts
                for (number, verdict) in zip(numbers, found) where verdict != nil {
                    #expect(verdict == [kept, dropped, ofDay, nil][number % 4])
                }
                return Double(found.count { $0 != nil }) / (0.75 * Double(numbers.count))
            }
            #expect(share(Array(0..<rows)) == 1)
            // Every third row is gone.
            #expect(share((0..<rows).filter { $0 % 3 != 0 }) > 0.99)
            // The source begins in the middle.
            #expect(share(Array(rows / 2..<rows) + Array(0..<rows / 2)) > 0.9)
            // A large part is gone.
            #expect(share(Array(0..<1_000) + Array(500_000..<rows)) > 0.7)
        }
    }

    @Test("of a file that is damaged anywhere are never wrong", arguments: 0..<40)
    func damage(seed: Int) throws {
        try withLedger { ledger, path in
            var random = SeededGenerator(seed: UInt64(seed))
            let rows = digests(0..<9_000)
            try remember(rows, ledger)
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            if seed % 4 == 0 {
                bytes = bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))
            } else {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            }
            try bytes.write(to: URL(fileURLWithPath: path))
            let found = recalled(rows, ledger)
            #expect(found.warnings == ["incremental.damaged"])
            for (index, verdict) in found.verdicts.enumerated() where verdict != nil {
                #expect(verdict == [kept, dropped, ofDay, nil][index % 4])
            }
            // The next run makes it whole.
            try remember(
                rows, ledger, today: found.full == nil ? "2026-03-02" : "2026-03-01", after: found.full == nil ? [] : found.warnings)
            #expect(recalled(rows, ledger, today: found.full == nil ? "2026-03-02" : "2026-03-01").verdicts.count { $0 != nil } == 6_750)
        }
    }

    @Test("of something that is no such file are none", arguments: ["", "hello", "hookline verdicts 1\n", "SQLite format 3\0"])
    func foreign(content: String) throws {
        try withLedger { ledger, path in
            try remember(digests(0..<3), ledger)
            try Data(content.utf8).write(to: URL(fileURLWithPath: path))
            #expect(recalled(digests(0..<3), ledger).full != nil)
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            #expect(recalled(digests(0..<3), ledger).full != nil)
            let store = store(ledger)
            _ = store.open(basis: "a", today: "2026-03-01", readsAll: nil)
            let closed = store.close(discardingFor: nil)
            #expect(closed.notKept != nil && closed.warnings.map(\.code).contains("incremental.not_kept"))
        }
    }

    @Test("stay as they were after a run that did not end well, and go when they must not be used")
    func discarding() throws {
        try withLedger { ledger, path in
            try remember(digests(0..<3), ledger)
            let failing = store(ledger)
            _ = failing.open(basis: "a", today: "2026-03-01", readsAll: nil)
            failing.remember(digests(5..<6), [0])
            _ = failing.close(discardingFor: "")
            #expect(recalled(digests([0, 5]), ledger).verdicts == [kept, nil])
            #expect(try FileManager.default.contentsOfDirectory(atPath: (path as NSString).deletingLastPathComponent) == ["vip"])
            let impure = store(ledger)
            _ = impure.open(basis: "a", today: "2026-03-01", readsAll: nil)
            #expect(impure.close(discardingFor: "impure").notKept == "impure")
            #expect(!FileManager.default.fileExists(atPath: path))
            try remember(digests(0..<3), ledger)
            VerdictStore.forget("vip", besides: ledger)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("are examined by doctor, who deletes what is of no use")
    func examination() throws {
        try withLedger { ledger, path in
            func found(_ activations: Set<String>, repairs: Bool = false) -> [LedgerFinding.Severity] {
                VerdictStore.examine(besides: ledger, activations: activations, repairs: repairs).map(\.severity)
            }
            #expect(found(["vip"]) == [])
            try remember(digests(0..<9_000), ledger)
            #expect(found(["vip"]) == [.fine] && found(["other"]) == [.warning])
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            bytes[100] ^= 1
            try bytes.write(to: URL(fileURLWithPath: path))
            #expect(found(["vip"]) == [.warning] && found(["vip"], repairs: true) == [.repaired] && found(["vip"]) == [])
        }
    }

    @Test("are limited in number: one more is not remembered")
    func variety() throws {
        try withLedger { ledger, _ in
            let store = store(ledger)
            _ = store.open(basis: "a", today: "2026-03-01", readsAll: nil)
            let numbers = (0..<20_001).map { number in
                store.number(of: RememberedVerdict(reason: "reason \(number)", address: .unchanged, labels: [], isOfDay: false))
            }
            #expect(numbers.firstIndex { $0 == nil } == 20_000)
            #expect(store.close(discardingFor: nil).notKept == nil)
        }
    }
}
