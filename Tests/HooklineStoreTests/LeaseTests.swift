import Foundation
import HooklineCore
import Testing

@testable import HooklineStore

@Suite("One run of an activation applies at a time")
struct LeaseTests {
    // The suite keeps the folder for as long as a test of it runs.
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a second run learns who holds the lease, until it is released")
    func held() throws {
        let (one, two) = (try folder.openLedger(), try folder.openLedger())
        let lease = try one.lease(activation: "vip", run: "run-1")
        for ledger in [one, two] {
            let error = #expect(throws: StoreError.self) { try ledger.lease(activation: "vip", run: "run-2") }
            #expect(error?.code == .held)
            #expect(error?.message.contains("run-1") == true)
            #expect(error?.message.contains("process \(getpid())") == true)
        }
        let other = try two.lease(activation: "other", run: "run-3")
        try lease.release()
        try lease.release()
        let next = try two.lease(activation: "vip", run: "run-2")
        #expect([next.run, next.activation, other.activation] == ["run-2", "vip", "other"])
    }

    @Test("a link to the ledger does not bypass a lease")
    func link() throws {
        let ledger = try folder.openLedger()
        let lease = try ledger.lease(activation: "vip", run: "run-1")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link.db", withDestinationPath: folder.ledgerPath)
        let linked = try SQLiteLedger.open(at: folder.path + "/link.db")
        let error = #expect(throws: StoreError.self) { try linked.lease(activation: "vip", run: "run-2") }
        #expect(error?.code == .held)
        try lease.release()
    }

    @Test("a lease that is dropped is released")
    func dropped() throws {
        let ledger = try folder.openLedger()
        do { _ = try ledger.lease(activation: "vip", run: "run-1") }
        let lease = try ledger.lease(activation: "vip", run: "run-2")
        #expect(lease.run == "run-2")
    }

    @Test("a late release takes nothing from the next holder")
    func lateRelease() throws {
        let (one, two) = (try folder.openLedger(), try folder.openLedger())
        let lost = try one.lease(activation: "vip", run: "run-1")
        // As on a file system that loses its locks.
        try FileManager.default.removeItem(atPath: folder.ledgerPath + ".locks")
        let taken = try two.lease(activation: "vip", run: "run-2")
        try lost.release()
        #expect(throws: StoreError.self) { try one.lease(activation: "vip", run: "run-3") }
        try taken.release()
    }

    @Test("another process cannot take it")
    func anotherProcess() async throws {
        let path = folder.ledgerPath
        let ledger = try folder.openLedger()
        let lease = try ledger.lease(activation: "vip", run: "run-1")
        try ledger.begin(run: "run-1", activation: "vip", kind: .run, at: 1)
        await #expect(processExitsWith: .success) { [path = path as String] in
            let ledger = try SQLiteLedger.open(at: path)
            let error = #expect(throws: StoreError.self) { try ledger.lease(activation: "vip", run: "run-2") }
            #expect(error?.code == .held)
            #expect(try ledger.history(of: "vip", limit: 5).isEmpty)
        }
        #expect(throws: StoreError.self) { try ledger.lease(activation: "vip", run: "run-3") }
        try lease.release()
    }

    @Test("of many that ask at once, one gets it")
    func race() async throws {
        let path = folder.ledgerPath
        let leases = await withTaskGroup(of: Lease?.self) { group in
            for number in 1...8 {
                group.addTask { try? SQLiteLedger.open(at: path).lease(activation: "vip", run: "run-\(number)") }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(leases.compactMap { $0 }.count == 1)
    }
}

@Suite("A killed process leaves the truth behind")
struct KilledProcessTests {
    // The suite keeps the folder for as long as a test of it runs.
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("its lease is free, its run counts as interrupted, its intents are recorded")
    func killed() async throws {
        let path = folder.ledgerPath
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let ledger = try SQLiteLedger.open(at: path)
            let lease = try ledger.lease(activation: "vip", run: "run-1")
            try ledger.begin(run: "run-1", activation: "vip", kind: .run, at: 1)
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.willChange(segment, adding: addresses(1...500), removing: addresses(501...600), run: lease.run)
            kill(getpid(), SIGKILL)
            try lease.release()
        }
        let ledger = try folder.openLedger()
        #expect(try ledger.run("run-1")?.error?.code == "run.interrupted")
        let segment = try #require(try ledger.segment(key()))
        #expect(try ledger.recount(segment) == [600, 0])
        #expect(segment.members == 100 && segment.adding == 500 && segment.removing == 100)
        let lease = try ledger.lease(activation: "vip", run: "run-2")
        #expect(lease.run == "run-2")
        let signs = try FileManager.default.contentsOfDirectory(atPath: path + ".locks")
        #expect(signs.count == 1, "the dead session's file is deleted")
    }

    @Test("its run shows what its answered calls changed")
    func answered() async throws {
        let path = folder.ledgerPath
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let ledger = try SQLiteLedger.open(at: path)
            try ledger.begin(run: "run-1", activation: "vip", kind: .run, at: 1)
            let segment = try ledger.willCreate(key(), name: "VIP", now: 1)
            try ledger.isLive(segment, mailchimpID: 7, name: "VIP", now: 1)
            for batch in [1...500, 501...700] {
                try ledger.willChange(segment, adding: addresses(batch), removing: AddressList(), run: "run-1")
                try ledger.didChange(segment, Receipt(members: addresses(batch)), run: "run-1", now: 2)
            }
            try ledger.willChange(segment, adding: AddressList(), removing: addresses(1...10), run: "run-1")
            try ledger.didChange(segment, Receipt(gone: addresses(1...10).hashes), run: "run-1", now: 2)
            kill(getpid(), SIGKILL)
        }
        let run = try #require(try folder.openLedger().history(of: "vip", limit: 1).first)
        #expect(run.error?.code == "run.interrupted")
        #expect(run.segments == [SegmentReport(id: 7, name: "VIP", members: 690, added: 700, removed: 10, unchanged: 0)])
    }

    @Test("a run whose ledger is open elsewhere in this process is still in progress")
    func stillOpen() throws {
        let (one, two) = (try folder.openLedger(), try folder.openLedger())
        try one.begin(run: "run-1", activation: "vip", kind: .run, at: 1)
        let error = #expect(throws: StoreError.self) { try two.run("run-1") }
        #expect(error?.code == .runInProgress)
        try one.close()
        #expect(try two.run("run-1")?.error?.code == "run.interrupted")
    }
}
