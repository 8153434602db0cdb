import Testing

@testable import Mailchimp

@Suite("Reading page after page")
struct PagingTests {
    @Test("audiences are read to the last page, each once")
    func audiences() async throws {
        let transport = Self.paged(total: 2_345) { number in
            #"{"id":"list\#(number)","name":"Audience \#(number)","stats":{"member_count":\#(number)}}"#
        } collection: {
            "lists"
        }
        let audiences = try await MailchimpClient.scripted(transport).audiences()
        #expect(audiences.count == 2_345)
        #expect(audiences[7] == Audience(id: "list7", name: "Audience 7", memberCount: 7))
        #expect(transport.requests.map { $0.query("offset") } == ["0", "1000", "2000"])
    }

    @Test("no segments at all is one call")
    func none() async throws {
        let transport = ScriptedTransport([.success(.json(#"{"segments":[],"total_items":0}"#))])
        #expect(try await MailchimpClient.scripted(transport).segments(audience: "abc1") == [])
    }

    @Test("segments of every type are asked for, since each may have a name that we want")
    func kinds() async throws {
        let body =
            #"{"segments":[{"id":1,"name":"a","type":"saved"},{"id":2,"name":"b","type":"static"},"#
            + #"{"id":3,"name":"c","type":"fuzzy"}],"total_items":3}"#
        let transport = ScriptedTransport([.success(.json(body))])
        let segments = try await MailchimpClient.scripted(transport).segments(audience: "abc1")
        #expect(segments.map(\.kind) == [.saved, .fixed, .other("fuzzy")])
        #expect(transport.requests.first?.query("type") == nil)
    }

    @Test("one page of members holds addresses and the total")
    func memberPage() async throws {
        let transport = ScriptedTransport([.success(.json(#"{"members":[{"email_address":"a@example.com"}],"total_items":9}"#))])
        let page = try await MailchimpClient.scripted(transport).segmentMembers(audience: "abc1", segment: 7, offset: 8)
        #expect(page == Page(items: ["a@example.com"], totalItems: 9))
    }

    @Test("when an item slips between pages while they are read, they are read once more")
    func slipped() async throws {
        let transport = ScriptedTransport([
            .success(Self.members(["a", "b"], total: 4)), .success(Self.members(["b", "d"], total: 4)),
            .success(Self.members(["a", "b"], total: 4)), .success(Self.members(["c", "d"], total: 4)),
        ])
        let members = try await MailchimpClient.scripted(transport).segmentMembers(audience: "abc1", segment: 7)
        #expect(members == ["a@example.com", "b@example.com", "d@example.com", "c@example.com"])
    }

    @Test("a listing that stays short of its total is refused where it has to be whole, after a second reading")
    func short() async throws {
        for isWhole in [true, false] {
            let pages = [(["a", "b"], 3), ([], 3)].map { Result<HTTPResponse, TransportFailure>.success(Self.members($0.0, total: $0.1)) }
            let transport = ScriptedTransport(pages + pages)
            let client = MailchimpClient.scripted(transport)
            let error = try await mailchimpError {
                let members = try await client.segmentMembers(audience: "abc1", segment: 7, isWhole: isWhole)
                #expect(members.count == 2)
            }
            #expect(error?.code == (isWhole ? .unreadableResponse : nil))
            #expect(transport.requests.count == 4)
        }
    }

    @Test("members that somebody has counted are asked for all at once")
    func expected() async throws {
        let transport = Self.paged(total: 2_345) {
            #"{"email_address":"\#($0)@example.com"}"#
        } collection: {
            "members"
        }
        let members = try await MailchimpClient.scripted(transport).segmentMembers(audience: "abc1", segment: 7, expecting: 2_345)
        #expect(members.count == 2_345)
        #expect(Set(members).count == 2_345)
        #expect(Set(transport.requests.map { $0.query("offset") }) == ["0", "1000", "2000"])
        #expect(transport.requests.count == 3)
    }

    @Test("a count that was wrong loses nobody", arguments: [(5_000, 2_345), (2_001, 2_345), (1_200, 2_345), (99_000_000, 1_500)])
    func wrongCount(expected: Int, total: Int) async throws {
        let transport = Self.paged(total: total) {
            #"{"email_address":"\#($0)@example.com"}"#
        } collection: {
            "members"
        }
        let members = try await MailchimpClient.scripted(transport).segmentMembers(audience: "abc1", segment: 7, expecting: expected)
        #expect(Set(members).count == total)
        #expect(transport.requests.count <= 3 + 9)
    }

    @Test("pages that a server cuts short leave no gap")
    func shortPages() async throws {
        let all = (0..<9).map { "m\($0)" }
        let transport = ScriptedTransport { call, _ in
            let offset = Int(call.query("offset") ?? "") ?? 0
            return Self.members(Array(all.dropFirst(offset).prefix(2)), total: all.count)
        }
        let members = try await MailchimpClient.scripted(transport).segmentMembers(audience: "abc1", segment: 7, expecting: 4_000)
        #expect(members == all.map { "\($0)@example.com" })
    }

    @Test("a total that is never reached ends after the second reading")
    func lyingTotal() async throws {
        let transport = ScriptedTransport { call, _ in Self.members(call.query("offset") == "0" ? ["a"] : [], total: 1_000_000) }
        let members = try await MailchimpClient.scripted(transport).segmentMembers(audience: "abc1", segment: 7)
        #expect(members == ["a@example.com"])
        #expect(transport.requests.count == 4)
    }

    @Test("a server that repeats one page forever is not followed forever")
    func repeating() async throws {
        let transport = ScriptedTransport { _, _ in Self.members(["a"], total: 1_000_000) }
        let members = try await MailchimpClient.scripted(transport).segmentMembers(audience: "abc1", segment: 7)
        #expect(members == ["a@example.com"])
        #expect(transport.requests.count == 4)
    }

    @Test("a failure while paging is taken for the glitch it mostly is, three times")
    func glitch() async throws {
        let glitch = HTTPResponse.problem(400, "Bad Request", "Your request could not be processed.")
        let transport = ScriptedTransport([.success(glitch), .success(glitch), .success(glitch), .success(Self.members(["a"], total: 1))])
        let members = try await MailchimpClient.scripted(transport).segmentMembers(audience: "abc1", segment: 7)
        #expect(members == ["a@example.com"])
        let stubborn = MailchimpClient.scripted(ScriptedTransport { _, _ in glitch })
        let error = try await mailchimpError { try await stubborn.segmentMembers(audience: "abc1", segment: 7) }
        #expect(error?.attempts == 4)
    }

    @Test("contacts that changed come with their status, the newest word on each")
    func changed() async throws {
        let body = """
            {"members":[{"email_address":"a@example.com","status":"pending","last_changed":"2023-11-14T22:13:20+00:00"},
            {"email_address":"b@example.com","status":"novel","last_changed":""},
            {"email_address":"A@example.com","status":"subscribed"}],"total_items":2}
            """
        let contacts = try await MailchimpClient.scripted(ScriptedTransport([.success(.json(body))])).contactsChanged(
            audience: "abc1", since: 5)
        #expect(
            contacts == [
                ChangedContact(address: "A@example.com", status: .subscribed), ChangedContact(address: "b@example.com", status: .unknown),
            ])
    }

    @Test("a page that isn't one is asked for again, then reported as unreadable")
    func unreadable() async throws {
        let client = MailchimpClient.scripted(ScriptedTransport { _, _ in .html(200) })
        let error = try await mailchimpError { try await client.audiences() }
        #expect(error?.code == .unreadableResponse)
        #expect(error?.attempts == 6)
    }

    private static func members(_ names: [String], total: Int) -> HTTPResponse {
        .json(
            "{\"members\":[\(names.map { "{\"email_address\":\"\($0)@example.com\"}" }.joined(separator: ","))],\"total_items\":\(total)}")
    }

    private static func paged(
        total: Int, item: @escaping @Sendable (Int) -> String, collection: @escaping @Sendable () -> String
    ) -> ScriptedTransport {
        ScriptedTransport { call, _ in
            let offset = call.query("offset").flatMap { Int($0) } ?? 0
            let count = call.query("count").flatMap { Int($0) } ?? 10
            let items = (offset..<max(offset, min(offset + count, total))).map(item)
            return .json("{\"\(collection())\":[\(items.joined(separator: ","))],\"total_items\":\(total)}")
        }
    }
}
