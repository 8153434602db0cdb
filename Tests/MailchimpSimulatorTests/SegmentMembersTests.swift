import MailchimpSimulator
import Testing

@Suite("Reading the members of a segment")
struct SegmentMembersTests {
    private func accountWithEverybody() throws -> (AccountUnderTest, Int) {
        var test = try AccountUnderTest { $0.behaviour.addable = Set(ContactStatus.allCases.filter { $0 != .forgotten }) }
        let tag = try test.makeTag("All", AccountUnderTest.people.map(\.address))
        return (test, tag)
    }

    @Test("unsubscribed, cleaned, and transactional members appear only if included, and archived ones never")
    func includes() throws {
        var (test, tag) = try accountWithEverybody()
        #expect(test.members(of: tag).count == 8)
        let plain = try test.ask("GET", "/segments/\(tag)/members")
        #expect(plain.texts("members", of: "status") == ["subscribed", "subscribed", "subscribed", "pending"])
        #expect(plain.number("total_items") == 4)
        for status in ["unsubscribed", "cleaned", "transactional"] {
            let answer = try test.ask("GET", "/segments/\(tag)/members?include_\(status)=true")
            #expect(answer.number("total_items") == 5)
            #expect(answer.texts("members", of: "status").contains(status))
        }
        let all = try test.ask("GET", "/segments/\(tag)/members?include_unsubscribed=true&include_cleaned=true&include_transactional=true")
        #expect(all.number("total_items") == 7)
        #expect(!all.texts("members", of: "status").contains("archived"))
    }

    @Test("member_count counts subscribed members, and others if included")
    func memberCount() throws {
        var (test, tag) = try accountWithEverybody()
        #expect(try test.ask("GET", "/segments/\(tag)").number("member_count") == 3)
        #expect(try test.ask("GET", "/segments/\(tag)?include_unsubscribed=true&include_cleaned=true").number("member_count") == 5)
    }

    @Test("membership survives a change of state")
    func survives() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        try test.account.put("ada@example.com", .unsubscribed, at: test.now)
        #expect(try test.ask("GET", "/segments/\(tag)/members").number("total_items") == 0)
        #expect(try test.ask("GET", "/segments/\(tag)").number("member_count") == 0)
        try test.account.put("ada@example.com", .subscribed, at: test.now)
        #expect(try test.ask("GET", "/segments/\(tag)/members").number("total_items") == 1)
    }

    @Test("a page has 10 members by default and 1,000 at most, and the pages list every member once")
    func paging() throws {
        var test = try AccountUnderTest { $0.contacts = .seeded(2500) }
        let tag = try test.makeTag("VIP", (1...2500).map(SeededContacts.address))
        #expect(try test.ask("GET", "/segments/\(tag)/members").objects("members").count == 10)
        #expect(try test.ask("GET", "/segments/\(tag)/members?count=0").objects("members").count == 10)
        var seen: [String] = []
        for offset in stride(from: 0, to: 3000, by: 1000) {
            let page = try test.ask("GET", "/segments/\(tag)/members?count=5000&offset=\(offset)&fields=members.email_address,total_items")
            #expect(page.number("total_items") == 2500)
            seen += page.texts("members", of: "email_address")
        }
        #expect(seen == (1...2500).map(SeededContacts.address))
    }

    @Test("a count or offset that is not a whole number is refused", arguments: ["count=x", "count=-1", "offset=1.5"])
    func badPage(query: String) throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag()
        #expect(try test.ask("GET", "/segments/\(tag)/members?\(query)").status == 400)
    }

    @Test("unstable pages repeat and miss members, and reading again finds the rest")
    func unstable() throws {
        var test = try AccountUnderTest {
            $0.contacts = .seeded(300)
            $0.behaviour.unstablePages = true
        }
        let tag = try test.makeTag("VIP", (1...300).map(SeededContacts.address))
        var rounds: [[String]] = []
        for _ in 1...20 {
            var seen: [String] = []
            for offset in stride(from: 0, to: 300, by: 20) {
                seen += try test.ask("GET", "/segments/\(tag)/members?count=20&offset=\(offset)").texts("members", of: "email_address")
            }
            rounds.append(seen)
        }
        #expect(rounds.contains { Set($0).count < 300 })
        #expect(rounds.contains { Set($0).count < $0.count })
        #expect(Set(rounds.joined()).count == 300)
    }

    @Test("single members can be added and removed")
    func single() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag()
        #expect(
            try test.ask("POST", "/segments/\(tag)/members", ["email_address": "bob@example.com"]).text("email_address")
                == "bob@example.com")
        #expect(try test.ask("POST", "/segments/\(tag)/members", ["email_address": "nobody@example.com"]).status == 404)
        // The MD5 of bob@example.com.
        #expect(try test.ask("DELETE", "/segments/\(tag)/members/4b9bb80620f03eb3719e0a061c14283d").status == 204)
        #expect(try test.ask("DELETE", "/segments/\(tag)/members/4b9bb80620f03eb3719e0a061c14283d").status == 404)
    }
}
