import HooklineCore
import Testing
import Text

@Suite("The safeguards")
struct SafeguardCheckTests {
    private func plan(rows: Int = 1_000, before: Int = 100, leaving: Int = 0, entering: Int = 0) -> Plan {
        var adds = AddressList()
        for number in 0..<entering { adds.append("new\(number)@example.com") }
        let segment = SegmentPlan(
            key: SegmentKey(endpoint: "http://127.0.0.1/3.0", audience: "a1", activation: "vip"), name: "VIP", action: .keep(id: 1),
            revision: 1, adds: adds, removes: AddressList(), unchanged: before - leaving, membersBefore: before, leaving: leaving)
        return Plan(
            run: "1", activation: "vip", kind: .run, createdAt: 0, fingerprint: "", segments: [segment], rows: rows, buckets: Buckets(),
            warnings: [])
    }

    private func code(_ safeguards: Safeguards, _ plan: Plan, allow: SafeguardCheck.Allowance = .init()) -> SafeguardCheck.Code? {
        SafeguardCheck(safeguards, allowance: allow).reasonToStop(plan).flatMap { SafeguardCheck.Code(rawValue: $0.code.rawValue) }
    }

    @Test("let an ordinary plan pass")
    func usual() {
        #expect(code(Safeguards(), plan(leaving: 10, entering: 10)) == nil)
    }

    @Test("stop a source without rows, unless the manifest or a person allows it")
    func empty() {
        #expect(code(Safeguards(), plan(rows: 0)) == .emptySource)
        #expect(code(Safeguards(allowEmptySource: true), plan(rows: 0)) == nil)
        #expect(code(Safeguards(), plan(rows: 0), allow: .init(emptySource: true)) == nil)
    }

    @Test("stop more removals than the limit, to the user", arguments: [(20, nil), (21, .removals)] as [(Int, SafeguardCheck.Code?)])
    func removals(_ leaving: Int, _ stop: SafeguardCheck.Code?) {
        #expect(code(Safeguards(maxRemoved: .percent(20)), plan(leaving: leaving)) == stop)
        #expect(code(Safeguards(maxRemoved: .count(20)), plan(leaving: leaving)) == stop)
    }

    @Test("advise the number that lets just this plan pass")
    func advice() throws {
        let reason = try #require(SafeguardCheck(Safeguards(maxRemoved: .percent(20))).reasonToStop(plan(before: 9_800, leaving: 4_210)))
        #expect(reason.advice?.contains("--allow-removals 4210") == true)
        #expect(code(Safeguards(maxRemoved: .percent(20)), plan(before: 9_800, leaving: 4_210), allow: .init(removals: 4_210)) == nil)
        #expect(code(Safeguards(maxRemoved: .percent(20)), plan(before: 9_800, leaving: 4_210), allow: .init(removals: 4_209)) != nil)
    }

    @Test("know what lets a plan pass that several of them stop")
    func allowance() {
        let safeguards = Safeguards(maxRemoved: .count(1), maxAdded: .count(1), minSize: 90)
        let stopped = plan(rows: 0, leaving: 40, entering: 3)
        let needed = SafeguardCheck(safeguards).allowanceNeeded(by: stopped)
        #expect(needed == SafeguardCheck.Allowance(removals: 40, additions: 3, emptySource: true, smallSegment: true))
        #expect(code(safeguards, stopped, allow: needed) == nil)
        let given = SafeguardCheck.Allowance(removals: 500)
        #expect(SafeguardCheck(safeguards, allowance: given).allowanceNeeded(by: plan(leaving: 2)).removals == 500)
        #expect(SafeguardCheck(Safeguards()).allowanceNeeded(by: plan(leaving: 10)) == SafeguardCheck.Allowance())
    }

    @Test("stop half of a segment from leaving even when the manifest says nothing")
    func defaultRemovals() {
        #expect(code(Safeguards(), plan(leaving: 50)) == nil)
        #expect(code(Safeguards(), plan(leaving: 51)) == .removals)
        #expect(code(Safeguards(), plan(before: 10, leaving: 9)) == nil)
    }

    @Test("stop all of a small segment from leaving, too")
    func emptied() {
        #expect(code(Safeguards(), plan(before: 10, leaving: 10)) == .removals)
        #expect(code(Safeguards(), plan(before: 10, leaving: 10, entering: 1)) == nil)
        #expect(code(Safeguards(), plan(before: 10, leaving: 10), allow: .init(removals: 10)) == nil)
    }

    @Test("limit a first run by a count only, not by a percentage of nothing")
    func additions() {
        #expect(code(Safeguards(maxAdded: .percent(50)), plan(before: 0, entering: 500)) == nil)
        #expect(code(Safeguards(maxAdded: .percent(50)), plan(before: 100, entering: 51)) == .additions)
        #expect(code(Safeguards(maxAdded: .count(100)), plan(before: 0, entering: 101)) == .additions)
        #expect(code(Safeguards(maxAdded: .count(100)), plan(before: 0, entering: 101), allow: .init(additions: 101)) == nil)
    }

    @Test("keep a segment from ending too small")
    func size() {
        #expect(code(Safeguards(maxRemoved: .count(100), minSize: 91), plan(leaving: 10)) == .size)
        #expect(code(Safeguards(maxRemoved: .count(100), minSize: 90), plan(leaving: 10)) == nil)
        #expect(code(Safeguards(maxRemoved: .count(100), minSize: 91), plan(leaving: 10), allow: .init(smallSegment: true)) == nil)
    }

    @Test(
        "write numbers in groups of three",
        arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-4_210, "-4,210")])
    func grouped(_ number: Int, _ text: String) {
        #expect(NumberText.grouped(number) == text)
    }

    private func together(_ segments: [(before: Int, leaving: Int)], before: Int, leaving: Int, rows: Int = 1_000) -> Plan {
        var whole = plan(rows: rows)
        whole.segments = segments.map { plan(before: $0.before, leaving: $0.leaving).segments[0] }
        whole.together = Plan.Together(membersBefore: before, leaving: leaving, membersAfter: before - leaving)
        return whole
    }

    @Test("with a breakdown, count who is in no segment anymore, not who moves")
    func moving() {
        let limit = Safeguards(maxRemoved: .percent(20))
        #expect(code(limit, together([(100, 15), (4, 4), (1, 1)], before: 105, leaving: 0)) == nil)
        #expect(code(limit, together([(50, 11), (50, 11)], before: 100, leaving: 22)) == .removals)
        #expect(code(Safeguards(), together([(10, 2), (10, 2)], before: 20, leaving: 4)) == nil)
    }

    @Test("with a breakdown, also limit each larger segment alone, including moves", arguments: [19, 20, 40])
    func each(_ leaving: Int) {
        let stop = code(Safeguards(maxRemoved: .percent(10)), together([(1_000, 0), (60, leaving)], before: 1_060, leaving: 0))
        #expect(stop == (leaving < 20 ? nil : .removals))
    }

    @Test("with a breakdown, stop an emptied segment of five, and many smaller ones at once", arguments: [1, 4, 5, 6])
    func emptied(_ members: Int) {
        let one = together([(100, 0), (members, members)], before: 100 + members, leaving: 0)
        #expect(code(Safeguards(), one) == (members < 5 ? nil : .removals))
        let many = together(Array(repeating: (members, members), count: 20), before: 20 * members, leaving: 0)
        #expect(code(Safeguards(), many) == .removals)
        #expect(code(Safeguards(), many, allow: .init(removals: 20 * members)) == nil)
    }

    @Test("with a breakdown, apply min_size to all segments together")
    func smallest() {
        let plan = together([(100, 0), (1, 1)], before: 101, leaving: 1)
        #expect(code(Safeguards(minSize: 2), plan) == nil)
        #expect(code(Safeguards(minSize: 101), plan) == .size)
    }
}
