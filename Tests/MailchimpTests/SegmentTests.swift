import Testing

@testable import Mailchimp

@Suite("Segments in Mailchimp")
struct SegmentTests {
    private static let taken = HTTPResponse.problem(400, "Bad Request", "Sorry, that tag already exists.")

    @Test("a segment is read with its kind and its times")
    func reading() async throws {
        let body =
            #"{"id":9007199,"name":"VIP","member_count":3,"type":"static","created_at":"2023-11-14T22:13:20+00:00","updated_at":"","#
            + #""list_id":"abc1","options":{"match":"any"}}"#
        let segment = try await client([.success(.json(body))]).segment(audience: "abc1", id: 9_007_199)
        #expect(segment == Segment(id: 9_007_199, name: "VIP", memberCount: 3, createdAt: 1_700_000_000))
    }

    @Test("a segment that isn't there is nil")
    func missing() async throws {
        let response = HTTPResponse.problem(404, "Resource Not Found", "The requested resource could not be found.")
        #expect(try await client([.success(response)]).segment(audience: "abc1", id: 7) == nil)
    }

    @Test("deleting one that is gone succeeds")
    func deleteTwice() async throws {
        let gone = HTTPResponse.problem(404, "Resource Not Found", "The requested resource could not be found.")
        let script: [Result<HTTPResponse, TransportFailure>] = [.failure(.connectionLost("reset")), .success(gone)]
        try await client(script).deleteSegment(audience: "abc1", id: 7)
        try await client([.success(HTTPResponse(status: 204))]).deleteSegment(audience: "abc1", id: 7)
    }

    @Test("deleting waits while another deletion is under way")
    func busy() async throws {
        let busy = HTTPResponse.problem(405, "Method Not Allowed", "The requested method and resource are not compatible.")
        try await client([.success(busy), .success(busy), .success(HTTPResponse(status: 204))]).deleteSegment(audience: "abc1", id: 7)
    }

    @Test("a name that is taken is an error when we can't have made it ourselves")
    func nameTaken() async throws {
        let error = try await mailchimpError { try await client([.success(Self.taken)]).createSegment(audience: "abc1", name: "VIP") }
        #expect(error?.code == .nameTaken)
    }

    @Test("when the response to a creation was lost, the segment is found by its name and not created twice")
    func createLost() async throws {
        let transport = ScriptedTransport([
            .failure(.connectionLost("reset")), .success(Self.taken), .success(Self.listing(createdAt: "2023-11-14T22:13:19+00:00")),
        ])
        let client = MailchimpClient.scripted(transport)
        let segment = try await client.createSegment(audience: "abc1", name: "vip")
        #expect(segment.id == 7)
        #expect(transport.requests.map(\.method) == ["POST", "POST", "GET"])
    }

    @Test(
        "a segment of that name that is older, or has members, is somebody else's",
        arguments: [("2023-11-14T22:00:00+00:00", 0), ("2023-11-14T22:13:20+00:00", 5), ("", 0)])
    func createLostButOlder(createdAt: String, members: Int) async throws {
        let listing = Self.listing(createdAt: createdAt, members: members)
        let client = client([.success(HTTPResponse(status: 500)), .success(Self.taken), .success(listing)])
        let error = try await mailchimpError { try await client.createSegment(audience: "abc1", name: "VIP") }
        #expect(error?.code == .nameTaken)
    }

    @Test("whether it is older is told by Mailchimp's clock, which the refusal shows", arguments: [-86_400, 0, 86_400] as [Int64])
    func otherClock(ahead: Int64) async throws {
        var taken = Self.taken
        taken.date = 1_700_000_000 + ahead
        let created = Timestamp.iso8601(unixSeconds: 1_700_000_000 + ahead - 2)
        let transport = ScriptedTransport([.failure(.connectionLost("reset")), .success(taken), .success(Self.listing(createdAt: created))])
        #expect(try await MailchimpClient.scripted(transport).createSegment(audience: "abc1", name: "vip").id == 7)
        let old = Timestamp.iso8601(unixSeconds: 1_700_000_000 + ahead - 1_800)
        let again = client([.failure(.connectionLost("reset")), .success(taken), .success(Self.listing(createdAt: old))])
        let error = try await mailchimpError { try await again.createSegment(audience: "abc1", name: "vip") }
        #expect(error?.code == .nameTaken)
    }

    @Test("a throttled creation leaves no doubt, so a taken name stays an error")
    func throttledCreate() async throws {
        let client = client([.success(HTTPResponse(status: 429)), .success(Self.taken)])
        let error = try await mailchimpError { try await client.createSegment(audience: "abc1", name: "VIP") }
        #expect(error?.code == .nameTaken)
    }

    @Test("when the response to a rename was lost and the segment has the name, it succeeded")
    func renameLost() async throws {
        let body = HTTPResponse.json(#"{"id":7,"name":"VIP","member_count":3,"type":"static"}"#)
        let client = client([.failure(.timedOut), .success(Self.taken), .success(body)])
        #expect(try await client.renameSegment(audience: "abc1", id: 7, name: "VIP").name == "VIP")
    }

    @Test("resetting empties a segment and keeps its id")
    func reset() async throws {
        let transport = ScriptedTransport([.success(.json(#"{"id":7,"name":"VIP","member_count":0,"type":"static"}"#))])
        let segment = try await MailchimpClient.scripted(transport).resetSegment(audience: "abc1", id: 7)
        #expect(segment.id == 7)
        #expect(transport.requests.first?.bodyText == #"{"static_segment":[]}"#)
    }

    @Test("an id that can't be an audience's is refused before anything is sent", arguments: ["", "..", "a/b", "é1", "a b"])
    func audienceIDs(id: String) async throws {
        let error = try await mailchimpError { try await client([]).segments(audience: id) }
        #expect(error?.code == .notFound)
    }

    private static func listing(createdAt: String, members: Int = 0) -> HTTPResponse {
        .json(
            #"{"segments":[{"id":6,"name":"Other","member_count":0,"type":"static"},"#
                + #"{"id":7,"name":"VIP","member_count":\#(members),"type":"static","created_at":"\#(createdAt)"}],"total_items":2}"#
        )
    }

    private func client(_ script: [Result<HTTPResponse, TransportFailure>]) -> MailchimpClient { .scripted(ScriptedTransport(script)) }
}
