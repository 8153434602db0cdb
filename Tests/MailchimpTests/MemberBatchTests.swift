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

    @Test(
        "is as many as its longer half fills",
        arguments: [(0, 0, 0), (1, 0, 1), (0, 1, 1), (500, 500, 1), (501, 3, 2), (3, 1_001, 3), (1_500, 1_500, 3)])
    func count(_ adds: Int, _ removes: Int, _ count: Int) {
        #expect(MemberBatch.count(adding: adds, removing: removes) == count)
    }

    @Test("names and addresses are compared without case and surrounding space")
    func keys() {
        #expect(SegmentName.collide(" VIP Customers", "vip customers "))
        #expect(!SegmentName.collide("VIP", "V.I.P."))
        #expect(Address.key("\tAnna@Example.COM\n") == "anna@example.com")
        #expect(Address.key("   ") == "")
    }
}
