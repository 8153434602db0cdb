import Foundation
import GRDB
import HooklineCore
import Testing

@testable import HooklineStore

@Suite("An examination of the ledger")
struct LedgerExaminationTests {
    // The suite keeps the folder for as long as a test of it runs.
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func filled() throws -> SQLiteLedger {
        let ledger = try folder.openLedger()
        let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
        try ledger.isLive(segment, mailchimpID: 7, name: "VIP", now: 2)
        try ledger.takeOver(segment, members: addresses(1...500))
        return ledger
    }

    private func problems(_ findings: [LedgerFinding]) -> [String] { findings.filter { $0.severity == .problem }.map(\.subject) }

    @Test("finds no problem in a ledger that only Hookline wrote")
    func healthy() throws {
        let ledger = try filled()
        #expect(try ledger.examine(repairs: false).map(\.severity) == Array(repeating: .fine, count: 9))
    }

    @Test("finds wrong counts and orphans, and repairs them only when asked")
    func countsAndOrphans() throws {
        let ledger = try filled()
        let other = try ledger.willCreate(key(label: "x"), name: "X", now: 1)
        try ledger.takeOver(other, members: addresses(1...3))
        try ledger.write { database in
            try database.execute(
                sql: """
                    UPDATE segments SET members = 7, waiting = 1 WHERE id = 1;
                    UPDATE segments SET adding = 2, removing = 1 WHERE id = 2;
                    INSERT INTO members(segment, hash, address, state) VALUES (99, x'00112233445566778899aabbccddeeff', 'a@example.com', 1)
                    """)
        }
        #expect(problems(try ledger.examine(repairs: false)) == ["counts", "orphans"])
        #expect(problems(try ledger.examine(repairs: false)) == ["counts", "orphans"])
        let repaired = try ledger.examine(repairs: true)
        #expect(repaired.filter { $0.severity == .repaired }.map(\.subject) == ["counts", "orphans"])
        #expect(problems(try ledger.examine(repairs: false)) == [])
        #expect(try ledger.segment(key())?.members == 500)
        #expect(try ledger.segment(key(label: "x"))?.members == 3)
    }

    @Test("finds invalid rows, and has their addresses sent again")
    func misfits() throws {
        let ledger = try filled()
        let hash = addresses(1...500).hashes[3]
        try ledger.write { database in
            let blobs = try Data.fetchAll(database, sql: "SELECT hash FROM members ORDER BY hash LIMIT 3")
            try database.execute(sql: "UPDATE members SET state = 9 WHERE hash = ?", arguments: [blobs[0]])
            try database.execute(sql: "UPDATE members SET hash = x'0011' WHERE hash = ?", arguments: [blobs[1]])
            try database.execute(sql: "UPDATE members SET hash = x'00112233445566778899aabbccddeeff' WHERE hash = ?", arguments: [blobs[2]])
        }
        #expect(problems(try ledger.examine(repairs: false)).contains("members"))
        #expect(try ledger.examine(repairs: true).first { $0.subject == "members" }?.severity == .repaired)
        #expect(problems(try ledger.examine(repairs: false)) == [])
        let segment = try #require(try ledger.segment(key()))
        var states: [MemberState] = []
        try ledger.forEachMember(of: segment) { _, state in states.append(state) }
        #expect(states.count == 500)
        #expect(states.count { $0 == .adding } == 3)
        #expect(try ledger.entry(of: hash, in: segment) != nil)
    }

    @Test("refuses an impossible version")
    func version() throws {
        let ledger = try filled()
        try ledger.writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = -5") }
        let error = #expect(throws: StoreError.self) { try folder.openLedger() }
        #expect(error?.code == .corrupt)
    }

    @Test("finds an index that does not match its table, and rebuilds it")
    func damagedIndex() throws {
        let ledger = try filled()
        for number in 1...300 { try ledger.begin(run: "r\(number)", activation: "vip", kind: .run, at: Int64(1_000 - number)) }
        try ledger.writer.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA writable_schema = ON")
            try database.execute(
                sql:
                    "UPDATE sqlite_schema SET sql = replace(sql, 'started_at, number', 'number, started_at') WHERE name = 'runs_activation'"
            )
            try database.execute(sql: "PRAGMA writable_schema = RESET")
        }
        try ledger.close()
        let again = try folder.openLedger()
        #expect(problems(try again.examine(repairs: false)) == ["integrity"])
        #expect(try again.examine(repairs: true)[0].severity == .repaired)
        #expect(problems(try again.examine(repairs: false)) == [])
    }

    @Test("finds overwritten pages, and says what to do about them")
    func damagedPages() throws {
        let ledger = try filled()
        let more = try ledger.willCreate(key(label: "x"), name: "X", now: 1)
        try ledger.takeOver(more, members: addresses(1...20_000))
        try ledger.close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.ledgerPath))
        let size = try file.seekToEnd()
        try file.seek(toOffset: size / 2 / 4_096 * 4_096)
        try file.write(contentsOf: Data(repeating: 0xAB, count: 8_192))
        try file.close()
        let again = try folder.openLedger()
        let finding = try #require(try again.examine(repairs: true).first)
        #expect(finding.severity == .problem)
        #expect(finding.message.contains(StoreError.afterDamage))
    }

    @Test("reports intents and open runs, which are not problems")
    func intents() throws {
        let ledger = try filled()
        let segment = try #require(try ledger.segment(key()))
        try ledger.begin(run: "r", activation: "vip", kind: .run, at: 1)
        try ledger.willChange(segment, adding: addresses(600...602), removing: addresses(1...2), run: "r")
        try ledger.willRename(segment, to: "Other")
        let findings = try ledger.examine(repairs: false)
        #expect(problems(findings) == [])
        #expect(findings.contains { $0.message.contains("5 member changes and 1 segment change") })
        #expect(findings.contains { $0.message.contains("1 run in progress") })
    }

    @Test("finds a segment of Mailchimp that follows two activations, which no repair can decide")
    func owners() throws {
        let ledger = try filled()
        try ledger.write { database in
            for activation in ["pa", "pb"] {
                try database.execute(
                    sql: """
                        INSERT INTO segments(endpoint, audience, activation, label, mailchimp_id, name, phase, phase_since, revision)
                        VALUES ('https://example.com', 'a', ?, 'FR', 1019, 'P', 'live', 1, 1)
                        """, arguments: [activation])
            }
        }
        for repairs in [false, true] {
            let findings = try ledger.examine(repairs: repairs)
            #expect(problems(findings) == ["owners"])
            let message = try #require(findings.first { $0.subject == "owners" }?.message)
            #expect(message.contains("1019: 'pa' (label 'FR'), 'pb' (label 'FR')"))
        }
    }

    @Test("finds a file that other users may read")
    func permissions() throws {
        let ledger = try filled()
        chmod(folder.ledgerPath, 0o644)
        #expect(problems(try ledger.examine(repairs: false)) == ["permissions"])
        #expect(try ledger.examine(repairs: true).last?.severity == .repaired)
        #expect(try mode(of: folder.ledgerPath) == 0o600)
    }
}
