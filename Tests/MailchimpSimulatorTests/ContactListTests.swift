import MailchimpSimulator
import Testing

@Suite("Reading the contacts of an audience")
struct ContactListTests {
    @Test("archived contacts appear only on request")
    func archived() throws {
        var test = try AccountUnderTest()
        let all = try test.ask("GET", "/members")
        #expect(all.number("total_items") == 7)
        #expect(!all.texts("members", of: "status").contains("archived"))
        #expect(try test.ask("GET", "/members?status=archived").texts("members", of: "email_address") == ["archived@example.com"])
        #expect(try test.ask("GET", "/members/archived@example.com").text("status") == "archived")
        #expect(try test.ask("GET", "/members?status=nonsense").status == 400)
    }

    @Test("a member is found by address in any case, by hash, and by contact ID, and keeps its spelling")
    func find() throws {
        var test = try AccountUnderTest()
        // The MD5 of ada@example.com.
        let byHash = try test.ask("GET", "/members/3e3417d7ef77d5932a6734b916515ed5")
        #expect(byHash.text("email_address") == "Ada@Example.com")
        #expect(byHash.text("id") == "3e3417d7ef77d5932a6734b916515ed5")
        #expect(try test.ask("GET", "/members/3E3417D7EF77D5932A6734B916515ED5").status == 200)
        #expect(try test.ask("GET", "/members/ADA%40example.com").text("id") == byHash.text("id"))
        #expect(try test.ask("GET", "/members/\(byHash.text("contact_id"))").text("id") == byHash.text("id"))
        for missing in ["nobody@example.com", "00000000000000000000000000000000", "x", "3e3417d7ef77d5932a6734b916515ed"] {
            #expect(try test.ask("GET", "/members/\(missing)").status == 404)
        }
    }

    @Test("a member has the keys that clients read")
    func shape() throws {
        var test = try AccountUnderTest()
        let keys = Set(try test.ask("GET", "/members/ada@example.com").json.keys)
        #expect(
            keys.isSuperset(of: [
                "id", "email_address", "unique_email_id", "contact_id", "email_type", "status", "merge_fields", "interests", "stats",
                "tags_count", "tags", "list_id", "last_changed", "timestamp_signup", "timestamp_opt", "_links",
            ]))
    }

    @Test("a full member is as large as a real one")
    func fullSize() throws {
        var test = try AccountUnderTest { $0.fullMembers = true }
        let size = try test.ask("GET", "/members/ada@example.com").raw.body.count
        #expect((2200...3800).contains(size))
    }

    @Test("since_last_changed leaves out changes in the same second")
    func sinceIsStrict() throws {
        var test = try AccountUnderTest { $0.contacts = .seeded(5) }
        #expect(try test.ask("GET", "/members?since_last_changed=2025-01-01T00:00:02%2B00:00").number("total_items") == 2)
        #expect(try test.ask("GET", "/members?since_last_changed=2025-01-01T00:00:01.999Z").number("total_items") == 3)
        #expect(try test.ask("GET", "/members?before_last_changed=2025-01-01T00:00:02Z").number("total_items") == 2)
        #expect(try test.ask("GET", "/members?since_timestamp_opt=2025-01-01T00:00:03Z").number("total_items") == 1)
    }

    @Test("a plus that is not encoded makes the date unreadable, and nothing is filtered")
    func unencodedPlus() throws {
        var test = try AccountUnderTest { $0.contacts = .seeded(5) }
        #expect(try test.ask("GET", "/members?since_last_changed=2025-01-01T00:00:02+00:00").number("total_items") == 5)
    }

    @Test("contacts are sorted by their last change in both directions, and pages fit together")
    func sorting() throws {
        var test = try AccountUnderTest { $0.contacts = .seeded(25) }
        test.now = test.now.advanced(by: .seconds(100))
        try test.account.put(SeededContacts.address(3), .unsubscribed, at: test.now)
        let expected = ([1, 2] + (4...25) + [3]).map(SeededContacts.address)
        var seen: [String] = []
        for offset in [0, 10, 20] {
            seen += try test.ask("GET", "/members?sort_field=last_changed&sort_dir=ASC&offset=\(offset)").texts(
                "members", of: "email_address")
        }
        #expect(seen == expected)
        let descending = try test.ask("GET", "/members?sort_field=last_changed&sort_dir=DESC&count=25").texts(
            "members", of: "email_address")
        #expect(descending == expected.reversed())
        let changed = try test.ask("GET", "/members?since_last_changed=2025-01-01T00:01:00Z&sort_field=last_changed&sort_dir=ASC")
        #expect(changed.texts("members", of: "email_address") == [SeededContacts.address(3)])
        #expect(try test.ask("GET", "/members?sort_field=shoe_size").status == 400)
    }

    @Test("a page has 10 contacts by default and 1,000 at most")
    func paging() throws {
        var test = try AccountUnderTest { $0.contacts = .seeded(1500) }
        #expect(try test.ask("GET", "/members").objects("members").count == 10)
        #expect(try test.ask("GET", "/members?count=3000&fields=members.id").objects("members").count == 1000)
        #expect(try test.ask("GET", "/members?count=3000&offset=1000&fields=members.id").objects("members").count == 500)
        #expect(try test.ask("GET", "/members?offset=1500").objects("members").isEmpty)
    }

    @Test("fields need the full path from the top")
    func fields() throws {
        var test = try AccountUnderTest()
        let answer = try test.ask("GET", "/members?fields=members.email_address,members.stats.avg_open_rate,total_items")
        #expect(Set(answer.json.keys) == ["members", "total_items"])
        #expect(Set(answer.objects("members")[0].keys) == ["email_address", "stats"])
        #expect(try test.ask("GET", "/members?fields=email_address").json.isEmpty)
        let without = try test.ask("GET", "/members?exclude_fields=members._links,members.tags,_links")
        #expect(without.json["_links"] == nil)
        #expect(without.objects("members")[0]["tags"] == nil)
        #expect(without.objects("members")[0]["id"] != nil)
    }

    @Test("unsubscribed_since requires status=unsubscribed")
    func unsubscribedSince() throws {
        var test = try AccountUnderTest()
        #expect(try test.ask("GET", "/members?unsubscribed_since=2024-01-01").status == 400)
        #expect(try test.ask("GET", "/members?status=unsubscribed&unsubscribed_since=2024-01-01").number("total_items") == 1)
    }

    @Test("audiences are listed with the selected fields, and with totals only on request")
    func audiences() throws {
        var test = try AccountUnderTest { $0.otherAudiences = ["ffffffffff"] }
        let answer = try test.ask("GET", "/3.0/lists?fields=lists.id,lists.name,total_items")
        #expect(answer.texts("lists", of: "id") == [SimulatorOptions.defaultAudience, "ffffffffff"])
        #expect(answer.number("total_items") == 2)
        let one = try test.ask("GET", "")
        #expect((one.json["stats"] as? [String: Any])?["member_count"] as? Int == 3)
        #expect((one.json["stats"] as? [String: Any])?["total_contacts"] == nil)
        let counted = try test.ask("GET", "?include_total_contacts=true")
        #expect((counted.json["stats"] as? [String: Any])?["total_contacts"] as? Int == 7)
        #expect(try test.ask("GET", "/3.0/").text("account_name") == "Simulated account")
    }

    @Test("segments of one audience do not exist in another")
    func separateAudiences() throws {
        var test = try AccountUnderTest { $0.otherAudiences = ["ffffffffff"] }
        let tag = try test.makeTag()
        #expect(try test.ask("GET", "/3.0/lists/ffffffffff/segments/\(tag)").status == 404)
        let other = try test.ask("POST", "/3.0/lists/ffffffffff/segments", ["name": "VIP", "static_segment": [String]()])
        #expect(other.status == 200)
        #expect(other.number("id") != tag)
    }
}
