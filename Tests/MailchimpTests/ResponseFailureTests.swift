import CodedErrors
import Testing

@testable import Mailchimp

@Suite("Response failures")
struct ResponseFailureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let response: HTTPResponse
        let code: MailchimpError.Code
        let retryReason: RetryReason?
        var call: Call = .segment(audience: "abc1", id: 7)

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "bad key",
            response: .problem(401, "API Key Invalid", "Your API key may be invalid, or you've attempted to access the wrong datacenter."),
            code: .unauthorized, retryReason: nil),
        Case(
            name: "no key", response: .problem(401, "API Key Missing", "Your request did not include an API key."), code: .unauthorized,
            retryReason: nil),
        Case(
            name: "wrong data center", response: .problem(403, "Forbidden", "The API key provided is linked to datacenter 'us6'"),
            code: .wrongDataCenter, retryReason: nil),
        Case(
            name: "disabled", response: .problem(403, "User Disabled", "This account has been disabled."), code: .forbidden,
            retryReason: nil),
        Case(name: "403 of the firewall", response: .html(403), code: .blocked, retryReason: .blocked),
        Case(name: "403 without a body", response: HTTPResponse(status: 403), code: .throttled, retryReason: .throttled),
        Case(
            name: "not found", response: .problem(404, "Resource Not Found", "The requested resource could not be found."), code: .notFound,
            retryReason: nil),
        Case(
            name: "405", response: .problem(405, "Method Not Allowed", "The requested method and resource are not compatible."),
            code: .refused,
            retryReason: nil),
        Case(
            name: "405 on deleting", response: .problem(405, "Method Not Allowed", "The requested method and resource are not compatible."),
            code: .refused, retryReason: .segmentBusy, call: .deleteSegment(audience: "abc1", id: 7)),
        Case(
            name: "too many connections",
            response: .problem(429, "Too Many Requests", "You have exceeded the limit of 10 simultaneous connections."), code: .throttled,
            retryReason: .throttled),
        Case(name: "429 without a body", response: HTTPResponse(status: 429), code: .throttled, retryReason: .throttled),
        Case(
            name: "name taken", response: .problem(400, "Bad Request", "Sorry, that tag already exists."), code: .nameTaken,
            retryReason: nil,
            call: .createSegment(audience: "abc1", name: "VIP")),
        Case(
            name: "name taken on renaming", response: .problem(400, "Bad Request", "Sorry, that tag already exists."), code: .nameTaken,
            retryReason: nil, call: .renameSegment(audience: "abc1", id: 7, name: "VIP")),
        Case(
            name: "not static",
            response: .problem(400, "Bad Request", #"A Static Segment with an id of "311" does not exist for this list."#),
            code: .notStatic, retryReason: nil),
        Case(
            name: "schema",
            response: .problem(
                400, "Invalid Resource", "The resource submitted could not be validated.",
                fields: [("", "Schema describes object, array found instead")]),
            code: .refused, retryReason: nil),
        Case(
            name: "400 on a page", response: .problem(400, "Bad Request", "Your request could not be processed."), code: .refused,
            retryReason: .pagingGlitch, call: .segmentMembers(audience: "abc1", segment: 7, offset: 0, count: 1_000)),
        Case(name: "400 without JSON", response: HTTPResponse(status: 400), code: .unreadableResponse, retryReason: .unreadable),
        Case(
            name: "500", response: .problem(500, "Internal Server Error", "An unexpected internal error has occurred."), code: .unavailable,
            retryReason: .unavailable),
        Case(name: "502 without a body", response: HTTPResponse(status: 502), code: .unavailable, retryReason: .unavailable),
        Case(name: "503 of the firewall", response: .html(503), code: .blocked, retryReason: .blocked),
        Case(
            name: "503 of compliance", response: .problem(503, "Compliance Related", "This method has been disabled."), code: .forbidden,
            retryReason: nil),
        Case(name: "504 page", response: .html(504), code: .unavailable, retryReason: .unavailable),
        Case(name: "redirect", response: HTTPResponse(status: 302), code: .refused, retryReason: nil),
    ]

    @Test("each kind has its code, and says whether a retry can help", arguments: cases)
    func codes(_ example: Case) throws {
        let failure = try #require(ResponseFailure(example.response, to: example.call))
        #expect(failure.error.code == example.code)
        #expect(failure.retryReason == example.retryReason)
        #expect(failure.error.status == example.response.status)
    }

    @Test("a success is not a failure", arguments: [200, 201, 204])
    func success(status: Int) {
        #expect(ResponseFailure(HTTPResponse(status: status), to: .account) == nil)
    }

    @Test("a message holds the request, Mailchimp's words, the request ID and the code")
    func message() throws {
        let response = HTTPResponse.problem(401, "API Key Invalid", "Your API key may be invalid.")
        let description = try #require(ResponseFailure(response, to: .account)).error.description
        for part in ["GET /: ", "Your API key may be invalid.", "req-2", "[mailchimp.unauthorized]"] {
            #expect(description.contains(part), "\(description)")
        }
    }

    @Test("no address of the batch, and none that Mailchimp made up, is in a message")
    func scrubbed() throws {
        let batch = try #require(MemberBatch(add: ["anna@example.com", "not-an-address"], remove: ["Bo@example.org"]))
        let response = HTTPResponse.problem(
            400, "Invalid Resource", "bo@example.org was refused with not-an-address and z%40example.net",
            fields: [
                ("members_to_add", "Invalid email addresses given in members_to_add: foo, bar baz"), ("x", "anna@example.com looks fake"),
            ])
        let failure = try #require(ResponseFailure(response, to: .changeMembers(audience: "abc1", segment: 7, batch: batch)))
        let said = "\(failure.error) \(failure.error.fields) \(failure.error)"
        for leak in ["anna", "not-an-address", "bo@", "example", "foo", "bar"] { #expect(!said.contains(leak), "\(leak)") }
        #expect(failure.error.fields.first?.message == "Invalid email addresses given in members_to_add: (address)")
    }

    @Test("a pause that the response asks for is kept")
    func requestedPause() throws {
        let failure = try #require(ResponseFailure(HTTPResponse(status: 429, retryAfterSeconds: 7), to: .account))
        #expect(failure.requestedPause == .seconds(7))
    }

    @Test("codes are distinct, in lower case, and begin with mailchimp")
    func codeNames() {
        let codes = MailchimpError.Code.allCases.map(\.rawValue)
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.hasPrefix("mailchimp.") && $0 == $0.lowercased() && !$0.contains(" ") })
    }

    @Test(
        "whatever looks like an address is removed from a sentence, and the rest stays",
        arguments: [
            ("<a@example.com> looks fake", "<(address)> looks fake"),
            ("a@example.com, b.c+d@example.co.example", "(address), (address)"),
            (#"status of "subscribed""#, #"status of "subscribed""#),
            (#"in "members_to_add" a@example.com"#, #"in "members_to_add" (address)"#),
            (#""anna smith"@example.com was refused"#, "(address) was refused"),
            ("nothing here", "nothing here"), ("", ""), ("@", "(address)"),
            ("Invalid email addresses given in x: foo", "Invalid email addresses given in x: (address)"),
            ("müller@exämple.example ist", "(address) ist"),
        ])
    func scrubber(text: String, expected: String) {
        #expect(Scrubber().scrub(text) == expected)
    }

    @Test("a known address is removed only where it is a word of its own")
    func knownWords() {
        #expect(Scrubber(known: ["a", "", "Anna"]).scrub("a banana, ANNA and annas") == "(address) banana, (address) and annas")
    }
}
