import HooklineCore
import Support
import Testing

@testable import HooklineStore

@Suite("Whatever happens, the ledger in SQLite and its in-memory twin agree")
struct LedgerEquivalenceTests {
    // The suite keeps the folder for as long as a test of it runs.
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    static let keys = [key(), key(label: ""), key(label: "FR"), key("other")]

    @Test("after every step of a random life", arguments: UInt64(1)...12)
    func randomLife(seed: UInt64) throws {
        let (real, model) = (try folder.openLedger(), InMemoryLedger())
        var random = SeededGenerator(seed: seed)
        for step in 1...60 {
            let (key, act) = Self.act(step: step, &random)
            try act(real)
            try act(model)
            try expectSame(key, real, model, "seed \(seed), step \(step)")
        }
        for key in Self.keys { try expectSame(key, real, model, "seed \(seed), at the end") }
        let (realRuns, modelRuns) = try (real.history(of: "vip", limit: 100), model.history(of: "vip", limit: 100))
        #expect(realRuns == modelRuns, "seed \(seed)")
        #expect(try real.status().map(\.segments) == model.status().map(\.segments), "seed \(seed)")
    }

    private func expectSame(_ key: SegmentKey, _ real: SQLiteLedger, _ model: InMemoryLedger, _ location: Comment) throws {
        let (found, expected) = try (real.segment(key), model.segment(key))
        #expect(found == expected, location)
        guard let segment = found else { return }
        let (realMembers, modelMembers) = try (View(of: segment, in: real), View(of: segment, in: model))
        #expect(realMembers == modelMembers, location)
        let counted: [Int] = [segment.members + segment.adding, segment.waiting]
        #expect(try real.recount(segment) == counted, location)
        for time in [Int64(0), 50, 200, 1_000] {
            let (found, expected) = try (real.members(of: segment, after: time), model.members(of: segment, after: time))
            #expect(found == expected, location)
        }
    }

    /// Everything a ledger says about the members of a segment.
    private struct View: Equatable {
        var hashes: [SubscriberHash] = []
        var states: [MemberState] = []
        var addresses = AddressList()

        init(of segment: LedgerSegment, in ledger: any Ledger) throws {
            try ledger.forEachMember(of: segment) {
                hashes.append($0)
                states.append($1)
            }
            addresses = try ledger.addresses(of: hashes, in: segment)
        }
    }

    /// A random call, the same for every ledger.
    private static func act(step: Int, _ random: inout SeededGenerator) -> (SegmentKey, (any Ledger) throws -> Void) {
        let key = keys.randomElement(using: &random) ?? keys[0]
        var some: AddressList {
            var generator = random
            defer { random = generator }
            return addresses((0..<Int.random(in: 0...8, using: &generator)).map { _ in Int.random(in: 1...12, using: &generator) })
        }
        let (first, second, third, fourth) = (some, some, some, some)
        let now = Int64(step)
        let kind = Int.random(in: 0...11, using: &random)
        let phase: LedgerSegment.Phase = Bool.random(using: &random) ? .creating : .live
        let act = { (ledger: any Ledger) throws in
            let segment = try ledger.segment(key) ?? ledger.willCreate(key, name: "n", now: now)
            switch kind {
            case 0: _ = try ledger.willCreate(key, name: "n\(step % 2)", now: now)
            case 1: try ledger.willClear(segment, phase: .deleting, now: now)
            case 2: try ledger.didClear(segment, phase: phase, run: "r", now: now)
            // Every segment has IDs of its own, since one that is taken is refused.
            case 3: try ledger.isLive(segment, mailchimpID: 2 * (keys.firstIndex(of: key) ?? 0) + step % 2, name: "n", now: now)
            case 4, 5: try ledger.willChange(segment, adding: first, removing: second, run: "r\(step)")
            case 6, 7:
                let rejected = (0..<fourth.count).map { (hash: fourth.hashes[$0], address: fourth[$0], reason: "no") }
                try ledger.didChange(
                    segment, Receipt(members: first, gone: second.hashes, notContacts: third, rejected: rejected), run: "r\(step)", now: 9)
            case 8: try ledger.takeOver(segment, members: first)
            case 10: try ledger.didDelete(segment)
            case 9: try ledger.forget(first.hashes, in: segment)
            default:
                try ledger.begin(run: "r\(step)", activation: "vip", kind: .run, at: now / 2)
                if step % 2 == 0 {
                    try ledger.finish(RunReport(run: "r\(step)", activation: "vip", kind: .run, outcome: .done, startedAt: now / 2))
                }
            }
        }
        return (key, act)
    }
}
