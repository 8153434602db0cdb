import HooklineCore
import Support
import Testing

@testable import HooklineEngine

@Suite("The calls of a plan")
struct PlanCallsTests {
    private func segment(_ adds: Int, _ removes: Int, _ action: SegmentPlan.Action = .keep(id: 1)) -> SegmentPlan {
        var (entering, leaving) = (AddressList(), AddressList())
        for number in 0..<adds { entering.append("new\(number)@example.com") }
        for number in 0..<removes { leaving.append("old\(number)@example.com") }
        return SegmentPlan(
            key: SegmentKey(endpoint: "e", audience: "a", activation: "vip"), name: "VIP", action: action, revision: 3, adds: entering,
            removes: leaving, unchanged: 7, membersBefore: 7 + removes, leaving: removes)
    }

    private static let sizes = [(0, 0, 0), (1, 0, 1), (500, 500, 1), (501, 0, 2), (0, 1_001, 3), (800, 300, 2)]

    @Test("are as many as its longer side fills, and those of the segment itself", arguments: sizes)
    func calls(_ adds: Int, _ removes: Int, _ calls: Int) {
        #expect(segment(adds, removes).calls == calls)
        #expect(segment(adds, removes, .create).calls == calls + 1)
        #expect(segment(adds, removes, .recreate(id: 1)).calls == calls + 2)
        #expect(segment(adds, removes, .reset(id: 1, rename: true)).calls == calls + 2)
        #expect(segment(adds, removes, .delete(id: 1)).calls == 1)
    }

    @Test("hold each change once, and at most 500 on either side", arguments: sizes)
    func batches(_ adds: Int, _ removes: Int, _ calls: Int) throws {
        let plan = segment(adds, removes)
        let all = try plan.batches()
        let batches = try (0..<all.count).map { try all.batch($0) }
        #expect(batches.count == calls)
        #expect(batches.flatMap(\.adds.hashes) == plan.adds.rest.hashes.sorted())
        #expect(batches.flatMap(\.removes.hashes) == plan.removes.rest.hashes.sorted())
        #expect(batches.allSatisfy { $0.adds.count <= 500 && $0.removes.count <= 500 })
    }

    @Test("are the same when most of it is in a file", arguments: [(0, 3), (1, 0), (499, 1), (500, 40), (1_250, 700), (1_300, 0)])
    func file(_ stored: Int, _ more: Int) throws {
        var plan = segment(stored + more, 620)
        let all = plan.adds.rest
        let apart = more > 2 ? [all.hashes[stored], all.hashes[stored + 2]].sorted() : nil
        plan.apart = apart
        let calls = try Self.calls(plan)
        let memberCalls = plan.memberCalls
        for scattered in [false, true] {
            // Those in memory come anywhere in the order of hashes.
            let inFile = all.part(0..<stored).inHashOrder()
            var file = AddressFile(in: InMemoryScratch())
            try file.append(inFile)
            plan.adds = PlannedAddresses(file, then: all.part(stored..<all.count))
            if scattered {
                var removed = AddressFile(in: InMemoryScratch())
                try removed.append(plan.removes.rest.inHashOrder())
                plan.removes = PlannedAddresses(removed, then: AddressList())
            }
            #expect(plan.memberCalls == memberCalls)
            #expect(try Self.calls(plan) == calls)
        }
    }

    private static func calls(_ plan: SegmentPlan) throws -> [[AddressList]] {
        let batches = try plan.batches()
        return try (0..<batches.count).map { [try batches.batch($0).adds, try batches.batch($0).removes] }
    }
}
