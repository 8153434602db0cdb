import Foundation
import GRDB
import HooklineCore
import Support
import Testing

@testable import HooklineStore

@Suite("A call's intent, and what it changed, are a row each")
struct PackedCallTests {
    // The suite keeps the folder for as long as a test of it runs.
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func live(_ ledger: SQLiteLedger, _ members: AddressList = addresses(1...100)) throws -> LedgerSegment {
        try ledger.begin(run: "r", activation: "vip", kind: .run, at: 1)
        let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
        try ledger.takeOver(segment, members: members)
        return segment
    }

    private func rows(_ ledger: SQLiteLedger, of table: String) throws -> Int {
        try ledger.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? -1 }
    }

    @Test("and readers see an open intent as if it were rows")
    func readers() throws {
        let ledger = try folder.openLedger()
        let segment = try live(ledger)
        try ledger.willChange(segment, adding: addresses(101...150), removing: addresses(1...30), run: "r")
        #expect(try rows(ledger, of: "intents") == 1)
        #expect(try rows(ledger, of: "members") == 100)
        var states: [MemberState: Int] = [:]
        var hashes: [SubscriberHash] = []
        try ledger.forEachMember(of: segment) { hash, state in
            hashes.append(hash)
            states[state, default: 0] += 1
        }
        #expect(states == [.member: 70, .removing: 30, .adding: 50])
        #expect(hashes == hashes.sorted() && Set(hashes).count == 150)
        #expect(try ledger.addresses(of: hashes, in: segment).hashes == hashes)
        let known = try #require(try ledger.segment(key()))
        #expect(known.members == 100 && known.adding == 50 && known.removing == 30)
        #expect(try ledger.entry(of: addresses([120]).hashes[0], in: segment) == LedgerEntry(state: .adding, run: "r"))
        #expect(try ledger.entry(of: addresses([7]).hashes[0], in: segment) == LedgerEntry(state: .removing, run: "r"))
        #expect(try ledger.examine(repairs: false).allSatisfy { $0.severity == .fine })
    }

    @Test("until its answer comes, whatever the order of the answer")
    func answer() throws {
        let ledger = try folder.openLedger()
        let segment = try live(ledger)
        try ledger.willChange(segment, adding: addresses(101...150), removing: addresses(1...30), run: "r")
        let receipt = Receipt(
            members: addresses((103...150).reversed()), gone: addresses((2...30).reversed()).hashes, notContacts: addresses([102]),
            rejected: [(addresses([101]).hashes[0], "user101@example.com", "fake")])
        var whole = receipt
        whole.unremovable = [(addresses([1]).hashes[0], "user1@example.com", "blocked")]
        try ledger.didChange(segment, whole, run: "r", now: 2)
        #expect(try rows(ledger, of: "intents") == 0)
        #expect(try rows(ledger, of: "changes") == 0)
        let known = try #require(try ledger.segment(key()))
        #expect(known.members == 119 && known.adding == 0 && known.removing == 1 && known.waiting == 2)
        #expect(try ledger.recount(segment) == [119, 2])
        var kinds: [LedgerChange.Kind: Int] = [:]
        var removed: [String] = []
        try ledger.forEachChange(of: "r", in: segment) { change in
            kinds[change.kind, default: 0] += 1
            if let address = change.address { removed.append(address) }
        }
        #expect(kinds == [.added: 48, .removed: 29, .notAContact: 1, .rejected: 1])
        #expect(Set(removed) == Set((2...30).map { "user\($0)@example.com" }))
        #expect(try ledger.changes(of: addresses([9]).hashes[0], in: segment).map(\.change.address) == ["user9@example.com"])
        #expect(try ledger.examine(repairs: false).allSatisfy { $0.severity == .fine })
    }

    @Test("and the answers to its parts settle it, too")
    func parts() throws {
        let ledger = try folder.openLedger()
        let segment = try live(ledger)
        try ledger.willChange(segment, adding: addresses(101...104), removing: addresses([1]), run: "r")
        try ledger.willChange(segment, adding: addresses(105...106), removing: AddressList(), run: "r")
        try ledger.didChange(segment, Receipt(members: addresses(101...102)), run: "r", now: 2)
        let known = try #require(try ledger.segment(key()))
        #expect(known.members == 102 && known.adding == 4 && known.removing == 1)
        try ledger.didChange(segment, Receipt(members: addresses(103...104), gone: addresses([1]).hashes), run: "r", now: 2)
        try ledger.didChange(segment, Receipt(members: addresses(105...106)), run: "r", now: 2)
        let settled = try #require(try ledger.segment(key()))
        #expect(settled.members == 105 && settled.adding == 0 && settled.removing == 0)
        #expect(try ledger.recount(segment) == [105, 0])
        #expect(try ledger.examine(repairs: false).allSatisfy { $0.severity == .fine })
    }

    @Test("and what a dead run intended becomes rows when the next begins")
    func nextRun() async throws {
        let path = folder.ledgerPath
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let ledger = try SQLiteLedger.open(at: path)
            try ledger.begin(run: "dead", activation: "vip", kind: .run, at: 1)
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.willChange(segment, adding: addresses(1...500), removing: AddressList(), run: "dead")
            try ledger.willChange(segment, adding: addresses(501...600), removing: AddressList(), run: "dead")
            kill(getpid(), SIGKILL)
        }
        let ledger = try folder.openLedger()
        let segment = try #require(try ledger.segment(key()))
        #expect(segment.adding == 600)
        let before = try View(segment, ledger)
        try ledger.begin(run: "next", activation: "vip", kind: .run, at: 2)
        #expect(try rows(ledger, of: "intents") == 0)
        #expect(try rows(ledger, of: "members") == 600)
        #expect(try View(segment, ledger) == before)
        let doubted = try #require(try ledger.segment(key()))
        #expect(doubted.adding == 600 && doubted.doubtedAt == 2)
        #expect(try ledger.entry(of: addresses([1]).hashes[0], in: segment)?.run == "dead")
    }

    private struct View: Equatable {
        var entries: [String] = []

        init(_ segment: LedgerSegment, _ ledger: SQLiteLedger) throws {
            try ledger.forEachMember(of: segment) { entries.append("\($0) \($1)") }
        }
    }

    @Test("several calls are one transaction, all or nothing")
    func together() throws {
        let ledger = try folder.openLedger()
        let segment = try live(ledger)
        var stranger = segment
        stranger.id = 99
        let notes = [
            CallNote.willChange(segment, adding: addresses([101]), removing: AddressList()),
            .didChange(segment, Receipt(members: addresses([101]))), .willChange(stranger, adding: addresses([1]), removing: AddressList()),
        ]
        let before = try ledger.segment(key())
        let error = #expect(throws: StoreError.self) { try ledger.record(notes, run: "r", now: 2) }
        #expect(error?.code == .unknownSegment)
        #expect(try ledger.segment(key()) == before)
        try ledger.record(Array(notes.prefix(2)), run: "r", now: 2)
        #expect(try ledger.segment(key())?.members == 101)
    }

    @Test("a row that cannot be read counts as damage, which a repair deletes")
    func damage() throws {
        let ledger = try folder.openLedger()
        let segment = try live(ledger)
        try ledger.willChange(segment, adding: addresses(101...102), removing: AddressList(), run: "r")
        try ledger.didChange(segment, Receipt(members: addresses(101...102)), run: "r", now: 2)
        try ledger.willChange(segment, adding: addresses(103...104), removing: AddressList(), run: "r")
        try ledger.didReconcile(segment, Reconciliation(lost: [], strangers: AddressList(), drift: 0, mends: false), at: 3)
        try ledger.willChange(segment, adding: addresses(105...106), removing: AddressList(), run: "r")
        try ledger.write { database in
            try database.execute(sql: "UPDATE intents SET body = substr(body, 1, length(body) - 1); UPDATE change_packs SET changes = 9")
        }
        let read = #expect(throws: StoreError.self) { try ledger.forEachMember(of: segment) { _, _ in } }
        #expect(read?.code == .corrupt)
        let changes = #expect(throws: StoreError.self) { try ledger.forEachChange(of: "r", in: segment) { _ in } }
        #expect(changes?.code == .corrupt)
        #expect(try ledger.examine(repairs: false).first { $0.subject == "calls" }?.severity == .problem)
        #expect(try ledger.examine(repairs: true).first { $0.subject == "calls" }?.severity == .repaired)
        #expect(try ledger.examine(repairs: false).allSatisfy { $0.severity == .fine })
        #expect(try ledger.segment(key())?.reconciledAt == nil)
        #expect(try ledger.recount(segment) == [104, 0])
    }

    @Test("what runs changed is the same as row by row, in any order of calls", arguments: UInt64(1)...20)
    func sameAsRows(seed: UInt64) throws {
        let (real, model) = (try folder.openLedger(), InMemoryLedger())
        var random = SeededGenerator(seed: seed)
        let runs = ["a", "b"]
        for ledger in [real, model] as [any Ledger] {
            _ = try ledger.willCreate(key(), name: "VIP", now: 1)
            for run in runs { try ledger.begin(run: run, activation: "vip", kind: .run, at: 1) }
        }
        for step in 1...60 {
            let numbers = (1...30).shuffled(using: &random).prefix(Int.random(in: 1...12, using: &random))
            let cut = Int.random(in: 0...numbers.count, using: &random)
            let (adds, removes) = (addresses(numbers.prefix(cut)), addresses(numbers.dropFirst(cut)))
            let refused = Int.random(in: 0...adds.count, using: &random)
            let run = runs.randomElement(using: &random) ?? "a"
            let kind = Int.random(in: 0...9, using: &random)
            for ledger in [real, model] as [any Ledger] {
                let segment = try #require(try ledger.segment(key()))
                if kind == 0 {
                    try ledger.didClear(segment, phase: .live, run: run, now: 2)
                    continue
                }
                if kind < 8 { try ledger.willChange(segment, adding: adds, removing: removes, run: run) }
                if kind == 7 { continue }
                var receipt = Receipt(gone: removes.hashes)
                receipt.members = adds.part(refused..<adds.count)
                receipt.notContacts = adds.part(0..<refused)
                try ledger.didChange(segment, receipt, run: run, now: 2)
            }
            let segment = try #require(try real.segment(key()))
            for run in runs {
                var (found, expected): ([LedgerChange], [LedgerChange]) = ([], [])
                try real.forEachChange(of: run, in: segment) { found.append($0) }
                try model.forEachChange(of: run, in: segment) { expected.append($0) }
                #expect(found == expected, "seed \(seed), step \(step)")
            }
            for hash in addresses(1...30).hashes {
                let (found, expected) = try (real.changes(of: hash, in: segment), model.changes(of: hash, in: segment))
                #expect(
                    found.map(\.run) == expected.map(\.run) && found.map(\.change) == expected.map(\.change), "seed \(seed), step \(step)")
            }
            #expect(try real.segment(key()) == model.segment(key()), "seed \(seed), step \(step)")
        }
        #expect(try real.examine(repairs: false).allSatisfy { $0.severity == .fine })
    }
}
