import HooklineCore
import Support
import Testing

@Suite("The differ")
struct DifferTests {
    private func hash(_ name: String) -> SubscriberHash { SubscriberHash(of: name + "@example.com") }

    @Test("adds who is not in the segment, and removes whom no row wants")
    func enterAndLeave() {
        var differ = Differ()
        differ.know(hash("ada"), as: .member)
        differ.know(hash("bob"), as: .member)
        #expect(differ.meet(hash("ada")) == .staying)
        #expect(differ.meet(hash("eva")) == .entering)
        #expect(differ.departures() == [hash("bob")])
        #expect(differ.membersBefore == 2)
    }

    @Test("counts the second row of an address as a duplicate, member or not")
    func duplicates() {
        var differ = Differ()
        differ.know(hash("ada"), as: .member)
        #expect(differ.meet(hash("ada")) == .staying)
        #expect(differ.meet(hash("ada")) == .duplicate)
        #expect(differ.meet(hash("eva")) == .entering)
        #expect(differ.meet(hash("eva")) == .duplicate)
    }

    @Test("repeats an addition or removal without an answer", arguments: [MemberState.adding, .removing])
    func doubtful(_ state: MemberState) {
        var differ = Differ()
        differ.know(hash("ada"), as: state)
        differ.know(hash("bob"), as: state)
        #expect(differ.meet(hash("ada")) == .entering)
        #expect(differ.departures() == [hash("bob")])
        // An addition without an answer is no member, and a removal without one has not left yet.
        #expect(differ.membersBefore == (state == .removing ? 2 : 0))
        #expect(differ.wasMember(hash("bob")) == (state == .removing))
    }

    @Test("keeps known non-contacts apart, and forgets them when no row wants them")
    func waiting() {
        var differ = Differ()
        differ.know(hash("ada"), as: .notAContact)
        differ.know(hash("bob"), as: .rejected)
        differ.know(hash("eva"), as: .notAContact)
        #expect(differ.meet(hash("ada")) == .waiting)
        #expect(differ.meet(hash("bob")) == .waiting)
        #expect(differ.departures().isEmpty)
        #expect(differ.forgettable() == [hash("eva")])
        #expect(differ.membersBefore == 0)
    }

    @Test("agrees with set arithmetic", arguments: 1...200)
    func setArithmetic(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let people = (0..<60).map { hash("user\($0)") }
        let members = people.filter { _ in Bool.random(using: &random) }
        let rows = (0..<Int.random(in: 0...120, using: &random)).map { _ in people.randomElement(using: &random)! }
        var differ = Differ(addresses: members.count)
        for member in members { differ.know(member, as: .member) }
        var (entering, staying, duplicates) = (Set<SubscriberHash>(), Set<SubscriberHash>(), 0)
        for row in rows {
            switch differ.meet(row) {
            case .entering: entering.insert(row)
            case .staying: staying.insert(row)
            case .duplicate: duplicates += 1
            case .waiting, .deferred: Testing.Issue.record("nobody waits here")
            }
        }
        let (before, wanted) = (Set(members), Set(rows))
        #expect(entering == wanted.subtracting(before))
        #expect(staying == wanted.intersection(before))
        #expect(Set(differ.departures()) == before.subtracting(wanted))
        #expect(duplicates == rows.count - wanted.count)
        #expect(before.union(entering).subtracting(differ.departures()) == wanted)
    }
}
