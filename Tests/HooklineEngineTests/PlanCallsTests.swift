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
    func batches(_ adds: Int, _ removes: Int, _ calls: Int) {
        let plan = segment(adds, removes)
        let batches = plan.batches()
        #expect(batches.count == calls)
        #expect(batches.flatMap(\.adds.hashes) == plan.adds.hashes.sorted())
        #expect(batches.flatMap(\.removes.hashes) == plan.removes.hashes.sorted())
        #expect(batches.allSatisfy { $0.adds.count <= 500 && $0.removes.count <= 500 })
    }
}
