import Testing

@testable import Mailchimp

@Suite("What calls look like on the wire")
struct CallTests {
    @Test("every call has the method and the path of Mailchimp's reference")
    func methodsAndPaths() throws {
        let batch = try #require(MemberBatch(add: ["a@example.com"]))
        let expected: [(Call, String)] = [
            (.account, "GET /"),
            (.audiences(offset: 0, count: 10), "GET /lists"),
            (.audience(id: "abc1"), "GET /lists/abc1"),
            (.segments(audience: "abc1", offset: 0, count: 10), "GET /lists/abc1/segments"),
            (.segment(audience: "abc1", id: 7), "GET /lists/abc1/segments/7"),
            (.createSegment(audience: "abc1", name: "VIP"), "POST /lists/abc1/segments"),
            (.renameSegment(audience: "abc1", id: 7, name: "VIP"), "PATCH /lists/abc1/segments/7"),
            (.resetSegment(audience: "abc1", id: 7), "PATCH /lists/abc1/segments/7"),
            (.deleteSegment(audience: "abc1", id: 7), "DELETE /lists/abc1/segments/7"),
            (.changeMembers(audience: "abc1", segment: 7, batch: batch), "POST /lists/abc1/segments/7"),
            (.segmentMembers(audience: "abc1", segment: 7, offset: 0, count: 10), "GET /lists/abc1/segments/7/members"),
            (.contactsChanged(audience: "abc1", since: 0, offset: 0, count: 10), "GET /lists/abc1/members"),
        ]
        for (call, requestLine) in expected { #expect(call.requestLine == requestLine) }
    }

    @Test("a new segment is asked for with an empty list of members, which Mailchimp insists on")
    func create() {
        #expect(body(.createSegment(audience: "abc1", name: "Café \"n°1\"\n")) == #"{"name":"Café \"n°1\"\n","static_segment":[]}"#)
    }

    @Test("renaming sends the name only, and resetting the empty list only")
    func patches() {
        #expect(body(.renameSegment(audience: "abc1", id: 7, name: "VIP")) == #"{"name":"VIP"}"#)
        #expect(body(.resetSegment(audience: "abc1", id: 7)) == #"{"static_segment":[]}"#)
    }

    @Test("a batch sends only the halves it has")
    func batches() throws {
        let both = try #require(MemberBatch(add: ["a@example.com", "b@example.com"], remove: ["c@example.com"]))
        let adds = both.without(.removes)
        #expect(
            body(.changeMembers(audience: "abc1", segment: 7, batch: both))
                == #"{"members_to_add":["a@example.com","b@example.com"],"members_to_remove":["c@example.com"]}"#)
        #expect(body(.changeMembers(audience: "abc1", segment: 7, batch: adds)) == #"{"members_to_add":["a@example.com","b@example.com"]}"#)
    }

    @Test("calls that only look, and deletions, have no body")
    func noBody() {
        #expect(Call.account.body == nil)
        #expect(Call.deleteSegment(audience: "abc1", id: 7).body == nil)
    }

    @Test("members are read with every status that Mailchimp would otherwise hide, and nothing but their addresses")
    func memberPages() {
        let target = Call.segmentMembers(audience: "abc1", segment: 7, offset: 2_000, count: 1_000).target
        #expect(
            target
                == "/lists/abc1/segments/7/members?fields=members.email_address,total_items&include_cleaned=true&include_transactional=true"
                + "&include_unsubscribed=true&count=1000&offset=2000")
    }

    @Test("times go out in UTC with a Z, encoded")
    func times() {
        let target = Call.contactsChanged(audience: "abc1", since: 1_700_000_000, offset: 0, count: 1_000).target
        #expect(target.contains("since_last_changed=2023-11-14T22%3A13%3A20Z&sort_field=last_changed&sort_dir=ASC"))
    }

    @Test(
        "a page is never asked for with a count that Mailchimp would misread",
        arguments: [(-5, 1), (0, 1), (1, 1), (1_000, 1_000), (3_000, 1_000)])
    func counts(asked: Int, sent: Int) {
        #expect(Call.audiences(offset: 0, count: asked).target.contains("count=\(sent)&"))
    }

    @Test("what stands in a URL is percent-encoded, a plus sign and a slash included")
    func percentEncoding() {
        #expect(PercentEncoding.encode("2023-11-14T22:13:20+00:00") == "2023-11-14T22%3A13%3A20%2B00%3A00")
        #expect(PercentEncoding.encode("a/b?c&d=é") == "a%2Fb%3Fc%26d%3D%C3%A9")
        #expect(PercentEncoding.encode("members.email_address,total_items") == "members.email_address,total_items")
    }

    private func body(_ call: Call) -> String? { call.body.map { String(decoding: $0, as: UTF8.self) } }
}
