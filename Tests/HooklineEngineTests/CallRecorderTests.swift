import HooklineCore
import Support
import Testing

@testable import HooklineEngine

@Suite("Notes of calls under way at once are recorded")
struct CallRecorderTests {
    private let ledger = InMemoryLedger()

    private func segment() throws -> LedgerSegment {
        try ledger.begin(run: "r", activation: "vip", kind: .run, at: 1)
        let key = SegmentKey(endpoint: "https://us21.example.com/3.0", audience: "a1", activation: "vip", label: nil)
        return try ledger.willCreate(key, name: "VIP", now: 1)
    }

    private func address(_ number: Int) -> AddressList {
        var list = AddressList()
        list.append("user\(number)@example.com")
        return list
    }

    @Test("all of them, each before its caller goes on")
    func all() async throws {
        let segment = try segment()
        let recorder = CallRecorder(ledger, run: "r") { 2 }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...200 {
                group.addTask {
                    let one = address(number)
                    try await recorder.record(.willChange(segment, adding: one, removing: AddressList()))
                    #expect(try ledger.entry(of: one.hashes[0], in: segment)?.state == .adding)
                    try await recorder.record(.didChange(segment, Receipt(members: one)))
                    #expect(try ledger.entry(of: one.hashes[0], in: segment)?.state == .member)
                }
            }
            try await group.waitForAll()
        }
        #expect(try ledger.segment(segment.key)?.members == 200)
    }

    @Test("all but the one that cannot be")
    func oneFails() async throws {
        let segment = try segment()
        var elsewhere = segment
        elsewhere.id = 99
        let stranger = elsewhere
        let recorder = CallRecorder(ledger, run: "r") { 2 }
        let failed = await withTaskGroup(of: Int?.self) { group in
            for number in 1...50 {
                group.addTask {
                    let place = number == 25 ? stranger : segment
                    do { try await recorder.record(.didChange(place, Receipt(members: address(number)))) } catch { return number }
                    return nil
                }
            }
            return await group.reduce(into: [Int]()) { failed, number in if let number { failed.append(number) } }
        }
        #expect(failed == [25])
        #expect(try ledger.segment(segment.key)?.members == 49)
    }
}
