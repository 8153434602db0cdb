import MailchimpSimulator
import Testing

@Suite("Segments are created, renamed, emptied, and deleted")
struct SegmentTests {
    @Test("a static segment is created with its first members")
    func create() throws {
        var test = try AccountUnderTest()
        let answer = try test.ask("POST", "/segments", ["name": " VIP ", "static_segment": ["ada@example.com", "nobody@example.com"]])
        #expect(answer.status == 200)
        #expect(answer.text("name") == "VIP")
        #expect(answer.text("type") == "static")
        #expect(answer.number("member_count") == 1)
        #expect(answer.number("id") == 1001)
        #expect(answer.text("created_at") == "2025-01-01T00:00:00+00:00")
        #expect(answer.text("list_id") == SimulatorOptions.defaultAudience)
    }

    @Test(
        "a segment needs a name and either conditions or members",
        arguments: [
            (
                ["static_segment": [String]()],
                "The resource submitted could not be validated. For field-specific details, see the 'errors' array."
            ),
            (["name": "x"], "Must provide either an \"options\" field or a \"static_segment\" field"),
        ] as [([String: any Sendable], String)])
    func incomplete(body: [String: any Sendable], detail: String) throws {
        var test = try AccountUnderTest()
        let answer = try test.ask("POST", "/segments", body)
        #expect(answer.status == 400)
        #expect(answer.text("title") == "Invalid Resource")
        #expect(answer.text("detail") == detail)
    }

    @Test("names are unique regardless of case and surrounding spaces", arguments: ["VIP", "vip", " Vip "])
    func uniqueNames(name: String) throws {
        var test = try AccountUnderTest()
        _ = try test.makeTag("VIP")
        let other = try test.makeTag("Other")
        for answer in [
            try test.ask("POST", "/segments", ["name": name, "static_segment": [String]()]),
            try test.ask("PATCH", "/segments/\(other)", ["name": name]),
        ] {
            #expect(answer.status == 400)
            #expect(answer.text("title") == "Bad Request")
            #expect(answer.text("detail") == "Sorry, that tag already exists.")
        }
    }

    @Test("a saved segment's name is free for a tag, or not, as chosen", arguments: [false, true])
    func savedNames(areTaken: Bool) throws {
        var test = try AccountUnderTest { if areTaken { $0.behaviour.savedNames = .areTaken } }
        _ = try test.ask("POST", "/segments", ["name": "VIP", "options": ["match": "any"]])
        let answer = try test.ask("POST", "/segments", ["name": "vip", "static_segment": [String]()])
        #expect(answer.status == (areTaken ? 400 : 200))
    }

    @Test("a segment may change the case of its own name")
    func renameCase() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        let answer = try test.ask("PATCH", "/segments/\(tag)", ["name": "Vip"])
        #expect(answer.text("name") == "Vip")
        #expect(answer.number("member_count") == 1)
    }

    @Test("a name may have 100 bytes, however many letters they are")
    func longNames() throws {
        var test = try AccountUnderTest()
        #expect(
            try test.ask("POST", "/segments", ["name": String(repeating: "n", count: 100), "static_segment": [String]()]).status == 200)
        #expect(
            try test.ask("POST", "/segments", ["name": String(repeating: "n", count: 101), "static_segment": [String]()]).status == 400)
        #expect(try test.ask("POST", "/segments", ["name": String(repeating: "ü", count: 51), "static_segment": [String]()]).status == 400)
        #expect(try test.ask("POST", "/segments", ["name": "  ", "static_segment": [String]()]).status == 400)
    }

    @Test("after a deletion, the name is free immediately, and the new segment has a new ID")
    func recreate() throws {
        var test = try AccountUnderTest()
        let old = try test.makeTag("VIP", ["ada@example.com"])
        let deletion = try test.ask("DELETE", "/segments/\(old)")
        #expect(deletion.status == 204)
        #expect(deletion.raw.body.isEmpty)
        #expect(try test.ask("GET", "/segments/\(old)").status == 404)
        #expect(try test.ask("DELETE", "/segments/\(old)").status == 404)
        let new = try test.makeTag("VIP")
        #expect(new != old)
        #expect(test.members(of: new).isEmpty)
    }

    @Test("an empty list empties the segment, which keeps its ID")
    func reset() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com", "bob@example.com"])
        let answer = try test.ask("PATCH", "/segments/\(tag)", ["static_segment": [String]()])
        #expect(answer.number("id") == tag)
        #expect(answer.text("name") == "VIP")
        #expect(answer.number("member_count") == 0)
        #expect(test.members(of: tag).isEmpty)
    }

    @Test("a list in PATCH adds members, or can be set to replace them")
    func patchList() throws {
        var uniting = try AccountUnderTest()
        let first = try uniting.makeTag("VIP", ["ada@example.com"])
        #expect(try uniting.ask("PATCH", "/segments/\(first)", ["static_segment": ["bob@example.com"]]).number("member_count") == 2)
        var replacing = try AccountUnderTest { $0.behaviour.patch = .replaces }
        let second = try replacing.makeTag("VIP", ["ada@example.com"])
        _ = try replacing.ask("PATCH", "/segments/\(second)", ["static_segment": ["bob@example.com"]])
        #expect(replacing.members(of: second) == ["bob@example.com"])
    }

    @Test("a malformed address in static_segment refuses the whole request and names it")
    func malformed() throws {
        var test = try AccountUnderTest()
        let answer = try test.ask("POST", "/segments", ["name": "VIP", "static_segment": ["ada@example.com", "foo", "bar@"]])
        #expect(answer.fieldErrors == ["static_segment: Invalid email addresses given in static_segment: foo, bar@"])
        #expect(test.account.segmentViews.isEmpty)
    }

    @Test("a static_segment with only unknown addresses is refused, at creation and in PATCH")
    func strangers() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        let expected = ["static_segment: None of the emails provided were subscribed to the list"]
        #expect(try test.ask("POST", "/segments", ["name": "x", "static_segment": ["nobody@example.com"]]).fieldErrors == expected)
        #expect(try test.ask("PATCH", "/segments/\(tag)", ["static_segment": ["nobody@example.com"]]).fieldErrors == expected)
        #expect(test.members(of: tag) == ["Ada@Example.com"])
    }

    @Test("segments are listed by type and page, with the selected fields")
    func list() throws {
        var test = try AccountUnderTest()
        for number in 1...12 { _ = try test.makeTag("Tag \(number)") }
        try test.ask("POST", "/segments", ["name": "Tag 1", "options": ["match": "any"]])
        #expect(try test.ask("GET", "/segments").objects("segments").count == 10)
        let tags = try test.ask("GET", "/segments?type=static&count=1000&fields=segments.id,segments.name,total_items")
        #expect(tags.number("total_items") == 12)
        #expect(tags.objects("segments").count == 12)
        #expect(tags.objects("segments").allSatisfy { Set($0.keys) == ["id", "name"] })
        #expect(Set(tags.json.keys) == ["segments", "total_items"])
        #expect(try test.ask("GET", "/segments?type=saved").texts("segments", of: "name") == ["Tag 1"])
        #expect(try test.ask("GET", "/segments?offset=12&exclude_fields=segments._links").objects("segments").first?["_links"] == nil)
    }

    @Test("segments are found by their times of creation and change, strictly later or earlier")
    func listByTime() throws {
        var test = try AccountUnderTest()
        let old = try test.makeTag("Old")
        test.now = test.now.advanced(by: .seconds(60))
        _ = try test.makeTag("New")
        #expect(try test.ask("GET", "/segments?since_created_at=2025-01-01T00:00:00Z").texts("segments", of: "name") == ["New"])
        #expect(try test.ask("GET", "/segments?before_created_at=2025-01-01T00:01:00Z").texts("segments", of: "name") == ["Old"])
        test.now = test.now.advanced(by: .seconds(60))
        _ = try test.change(old, add: ["ada@example.com"])
        #expect(try test.ask("GET", "/segments?since_updated_at=2025-01-01T00:01:00Z").texts("segments", of: "name") == ["Old"])
    }

    @Test("member_count can be set to lag")
    func lag() throws {
        var test = try AccountUnderTest { $0.behaviour.memberCountLag = .seconds(60) }
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        #expect(try test.ask("GET", "/segments/\(tag)").number("member_count") == 0)
        test.now = test.now.advanced(by: .seconds(60))
        _ = try test.change(tag, add: ["bob@example.com"])
        #expect(try test.ask("GET", "/segments/\(tag)").number("member_count") == 1)
        #expect(try test.ask("GET", "/segments/\(tag)/members").number("total_items") == 2)
        test.now = test.now.advanced(by: .seconds(59))
        #expect(try test.ask("GET", "/segments/\(tag)").number("member_count") == 1)
        test.now = test.now.advanced(by: .seconds(1))
        #expect(try test.ask("GET", "/segments/\(tag)").number("member_count") == 2)
    }

    @Test("a contact's tags, tag search, and setting tags refer to the same segments")
    func tags() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        #expect(try test.ask("GET", "/members/ada@example.com/tags").objects("tags").map { $0["id"] as? Int } == [tag])
        let change = ["tags": [["name": "vip", "status": "inactive"], ["name": "Fresh", "status": "active"]]]
        #expect(try test.ask("POST", "/members/ada@example.com/tags", change).status == 204)
        #expect(try test.ask("GET", "/members/ada@example.com").objects("tags").map { $0["name"] as? String } == ["Fresh"])
        #expect(try test.ask("GET", "/tag-search?name=v").texts("tags", of: "name") == ["VIP"])
        #expect(try test.ask("GET", "/tag-search?name=").number("total_items") == 2)
    }
}
