import Foundation
import HooklineCore
import Testing

@Suite("A plan")
struct PlanTests {
    private func segment(_ adds: Int, _ removes: Int, _ action: SegmentPlan.Action) -> SegmentPlan {
        var (entering, leaving) = (AddressList(), AddressList())
        for number in 0..<adds { entering.append("new\(number)@example.com") }
        for number in 0..<removes { leaving.append("old\(number)@example.com") }
        return SegmentPlan(
            key: SegmentKey(endpoint: "e", audience: "a", activation: "vip"), name: "VIP", action: action, revision: 3, adds: entering,
            removes: leaving, unchanged: 7, membersBefore: 7 + removes, leaving: removes)
    }

    @Test("survives a file unchanged")
    func roundTrip() throws {
        let plan = Plan(
            run: "r", activation: "vip", kind: .run, createdAt: 5, fingerprint: "f", segments: [segment(3, 2, .rename(id: 9))], rows: 4,
            buckets: Buckets(), warnings: [RunWarning("c", "m")])
        let read = try JSONDecoder().decode(Plan.self, from: JSONEncoder().encode(plan))
        #expect(read.segments[0].adds == plan.segments[0].adds)
        #expect(read.segments[0].removes == plan.segments[0].removes)
        #expect(read.segments[0].action == .rename(id: 9))
        #expect(read.warnings == plan.warnings)
    }
}

@Suite("A list of addresses")
struct AddressListTests {
    private let list: AddressList = {
        var list = AddressList()
        for name in ["ada", "bob", "", "eva"] { list.append(name.isEmpty ? "" : "\(name)@example.com") }
        return list
    }()

    @Test("returns its addresses in order")
    func order() {
        #expect(list.addresses(0..<4) == ["ada@example.com", "bob@example.com", "", "eva@example.com"])
        #expect(list.part(1..<3).addresses(0..<2) == ["bob@example.com", ""])
        #expect(list.part(2..<2).isEmpty)
    }

    @Test("can be sorted by hash")
    func hashOrder() {
        let sorted = list.inHashOrder()
        #expect(sorted.hashes == list.hashes.sorted())
        for index in 0..<sorted.count { #expect(SubscriberHash(of: sorted[index]) == sorted.hashes[index]) }
    }
}
