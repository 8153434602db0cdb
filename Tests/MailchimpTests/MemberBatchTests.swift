import Testing

@testable import Mailchimp

@Suite("A batch of changes")
struct MemberBatchTests {
    @Test("holds 500 additions and 500 removals, and not one more")
    func limit() {
        let full = (0..<500).map { "user\($0)@example.com" }
        #expect(MemberBatch(add: full, remove: full.map { "x" + $0 }) != nil)
        #expect(MemberBatch(add: full + ["one@example.com"]) == nil)
        #expect(MemberBatch(add: [], remove: full + ["one@example.com"]) == nil)
    }

    @Test("any number of changes becomes the fewest batches, and each change stands in exactly one")
    func batches() {
        for (adds, removes, count) in [(0, 0, 0), (1, 0, 1), (0, 1, 1), (500, 500, 1), (501, 3, 2), (3, 1_001, 3), (1_500, 1_500, 3)] {
            let adding = (0..<adds).map { "in\($0)@example.com" }
            let removing = (0..<removes).map { "out\($0)@example.com" }
            let batches = MemberBatch.batches(adding: adding, removing: removing)
            #expect(batches.count == count)
            #expect(batches.flatMap(\.add) == adding)
            #expect(batches.flatMap(\.remove) == removing)
            #expect(batches.allSatisfy { $0.add.count <= 500 && $0.remove.count <= 500 && !$0.isEmpty })
        }
    }

    @Test("names and addresses are compared without case and surrounding space")
    func keys() {
        #expect(SegmentName.collide(" VIP Customers", "vip customers "))
        #expect(!SegmentName.collide("VIP", "V.I.P."))
        #expect(Address.key("\tAnna@Example.COM\n") == "anna@example.com")
        #expect(Address.key("   ") == "")
    }
}
