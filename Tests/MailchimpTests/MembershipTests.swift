import JSON
import Support
import Testing

@testable import Mailchimp

@Suite("Adding to and removing from a segment")
struct MembershipTests {
    private let a = "a@example.com"
    private let b = "b@example.com"
    private let x = "x@example.net"
    private let y = "y@example.net"
    private let alreadyIn = "Email addresses already exist in the static segment"
    private let notIn = "Email addresses do not exist in the static segment"

    @Test("a contact who is not in the segment is added")
    func added() async throws {
        let change = try await change(adding: [a], responses: [.membership(added: [a])])
        #expect(change.added == [a])
        #expect(try change.notContacts(of: batch(adding: [a])) == [])
    }

    @Test("a contact who is in it already counts as added, not as an error")
    func alreadyMember() async throws {
        let change = try await change(adding: [a], responses: [.membership(errors: [([a], alreadyIn)])])
        #expect(change.alreadyMembers == [a])
        #expect(change.rejected.isEmpty && change.added.isEmpty)
        #expect(try change.notContacts(of: batch(adding: [a])) == [])
    }

    @Test("one that is in and one that is new are told apart")
    func mixed() async throws {
        let change = try await change(adding: [a, b], responses: [.membership(added: [b], errors: [([a], alreadyIn)])])
        #expect(change.added == [b])
        #expect(change.alreadyMembers == [a])
    }

    @Test("when nobody to add is a contact, the failure of the whole request is not an error")
    func allUnknownAdds() async throws {
        let change = try await change(adding: [x, y, x], responses: [.allUnknown("members_to_add")])
        #expect(change.unknownToAudience == [.adds])
        #expect(try change.notContacts(of: batch(adding: [x, y, x])) == [x, y])
    }

    @Test("when nobody to remove is a contact, the failure of the whole request is not an error")
    func allUnknownRemoves() async throws {
        let change = try await change(removing: [x], responses: [.allUnknown("members_to_remove")])
        #expect(change.unknownToAudience == [.removes])
        #expect(try change.vanished(of: batch(removing: [x])) == [x])
    }

    @Test(
        "the sentence that a half holds no contact counts wherever it is: of one half it is clear, and two are sent one by one",
        arguments: [true, false])
    func unnamedHalf(isInDetail: Bool) async throws {
        let sentence = "None of the emails provided were subscribed to the list"
        let unnamed =
            isInDetail
            ? HTTPResponse.problem(400, "Invalid Resource", sentence)
            : .problem(400, "Invalid Resource", "The resource could not be validated.", fields: [("", sentence)])
        let one = try await change(adding: [x], responses: [unnamed])
        #expect(one.unknownToAudience == [.adds] && one.added.isEmpty)
        let both = try await change(adding: [a], removing: [x], responses: [unnamed, .membership(added: [a]), unnamed])
        #expect(both.added == [a] && both.unknownToAudience == [.removes])
    }

    @Test(
        "an address is accounted for in whatever spelling of its domain Mailchimp answers",
        arguments: [
            ("ada@bücher.example", "ADA@XN--BCHER-KVA.example"), ("ada@xn--bcher-kva.example", "ada@bücher.example"),
            ("a@例え.example", "a@xn--r8jz45g.example"), ("a@mañana.example", "a@man\u{303}ana.example"),
        ])
    func otherSpelling(_ sent: String, _ answered: String) async throws {
        let change = try await change(adding: [sent], responses: [.membership(added: [answered])])
        #expect(try change.notContacts(of: batch(adding: [sent])) == [])
    }

    @Test(
        "what only looks like an international domain stays as it is",
        arguments: ["a@xn--.example", "a@xn--!.example", "a@xn--99999999999.example", "xn--bcher-kva@example.com"])
    func noPunycode(_ address: String) {
        #expect(Address.key(address) == address)
    }

    @Test("unknown addresses beside a member are skipped silently, and found by subtraction")
    func removedBesideUnknown() async throws {
        let change = try await change(removing: [a, x, y], responses: [.membership(removed: [a])])
        #expect(change.removed == [a])
        #expect(try change.vanished(of: batch(removing: [a, x, y])) == [x, y])
    }

    @Test("a contact who is not in the segment counts as removed, not as an error")
    func notMember() async throws {
        let change = try await change(removing: [b, a, x, y], responses: [.membership(removed: [a], errors: [([b], notIn)])])
        #expect(change.notMembers == [b])
        #expect(try change.vanished(of: batch(removing: [b, a, x, y])) == [x, y])
    }

    @Test("a deleted segment is an error of its own")
    func gone() async throws {
        let response = HTTPResponse.problem(404, "Resource Not Found", "The requested resource could not be found.")
        let error = try await mailchimpError { try await change(adding: [a], responses: [response]) }
        #expect(error?.code == .notFound)
    }

    @Test("a request with too many members is refused and not retried")
    func tooMany() async throws {
        let detail =
            "Maximum allowed member items exceeded, please provide at most 500 items in members_to_add field or members_to_remove field"
        let error = try await mailchimpError { try await change(adding: [a], responses: [.problem(400, "Invalid Resource", detail)]) }
        #expect(error?.code == .refused)
        #expect(error?.attempts == 1)
    }

    @Test("a segment with conditions is reported as such")
    func saved() async throws {
        let response = HTTPResponse.problem(400, "Bad Request", #"A Static Segment with an id of "311" does not exist for this list."#)
        let error = try await mailchimpError { try await change(adding: [a], responses: [response]) }
        #expect(error?.code == .notStatic)
    }

    @Test("an address to add that is not a contact is missing from the response, and found by subtraction regardless of case")
    func ignoredAddition() async throws {
        let change = try await change(adding: ["A@Example.com", x], responses: [.membership(added: [a])])
        #expect(try change.notContacts(of: batch(adding: ["A@Example.com", x])) == [x])
    }

    @Test("when one half is refused because nobody in it is a contact, the other half is sent again alone", arguments: [true, false])
    func halves(addsUnknown: Bool) async throws {
        let transport = ScriptedTransport([
            .success(.allUnknown(addsUnknown ? "members_to_add" : "members_to_remove")),
            .success(addsUnknown ? .membership(removed: [b]) : .membership(added: [a])),
        ])
        let client = MailchimpClient.scripted(transport)
        let change = try await client.changeMembers(audience: "abc1", segment: 7, batch: batch(adding: [a], removing: [b]))
        #expect(change.unknownToAudience == [addsUnknown ? .adds : .removes])
        #expect(change.removed == (addsUnknown ? [b] : []))
        #expect(change.added == (addsUnknown ? [] : [a]))
        #expect(client.statistics.calls == 2)
        #expect(
            transport.requests[1].bodyText
                == (addsUnknown ? #"{"members_to_remove":["b@example.com"]}"# : #"{"members_to_add":["a@example.com"]}"#))
    }

    @Test("when both halves are refused that way, at once or one after the other, nobody was changed")
    func bothHalves() async throws {
        for responses in [
            [HTTPResponse.allUnknown("members_to_add", "members_to_remove")],
            [.allUnknown("members_to_remove"), .allUnknown("members_to_add")],
        ] {
            let change = try await change(adding: [x], removing: [y], responses: responses)
            #expect(change.unknownToAudience == [.adds, .removes])
        }
    }

    @Test("an empty batch costs no call")
    func empty() async throws {
        let change = try await change(responses: [])
        #expect(change == MembershipChange())
    }

    @Test("other failures of single addresses are kept in Mailchimp's words, without the address")
    func rejected() async throws {
        let change = try await change(
            adding: [a, b], responses: [.membership(added: [b], errors: [([a], "a@example.com looks fake or invalid")])])
        #expect(change.rejected == [.init(address: a, message: "(address) looks fake or invalid")])
        #expect(try change.notContacts(of: batch(adding: [a, b])) == [])
    }

    @Test("one message may concern many addresses, and a single address may be a string under another name")
    func errorShapes() throws {
        let body = """
            {"errors":[{"error":"\(alreadyIn)","email_addresses":["a@example.com","b@example.com"]},
             {"email_address":"c@example.com","error":"\(notIn)"},{"email":"d@example.com","error":"no"},
             {"error":"Something about x@example.net"}],
             "members_added":null,"members_removed":[{"email_address":"Z\\u00e9@example.com"}]}
            """
        let change = try MembershipChange.read(Array(body.utf8), scrubber: Scrubber())
        #expect(change.alreadyMembers == [a, b])
        #expect(change.notMembers == ["c@example.com"])
        #expect(change.rejected == [.init(address: "d@example.com", message: "no")])
        #expect(change.complaints == ["Something about (address)"])
        #expect(change.removed == ["Zé@example.com"])
    }

    @Test("totals of zero for work that was done change nothing")
    func lies() async throws {
        let body =
            #"{"members_added":[{"email_address":"a@example.com"}],"members_removed":[],"errors":[],"total_added":0,"error_count":9}"#
        let change = try await change(adding: [a], responses: [.json(body)])
        #expect(change.added == [a])
    }

    @Test("broken text in a skipped contact hides nothing that the call did")
    func brokenText() throws {
        let body =
            Array(#"{"members_added":[{"email_address":"a@example.com","merge_fields":{"FNAME":"\ud83d","LNAME":""#.utf8) + [0xFF]
            + Array(#""}}],"members_removed":null,"errors":[]}"#.utf8)
        #expect(try MembershipChange.read(body, scrubber: Scrubber()).added == [a])
    }

    @Test("a response that was cut off at any byte never passes for a shorter one")
    func truncated() throws {
        let whole = HTTPResponse.membership(added: [a, b], removed: [x], errors: [([y], alreadyIn)]).body
        for length in 0..<whole.count {
            #expect(throws: JSONFault.self) { try MembershipChange.read(Array(whole[..<length]), scrubber: Scrubber()) }
        }
    }

    @Test(
        "JSON that isn't a membership response is refused",
        arguments: ["{}", "[]", "null", #"{"members_added":[{}]}"#, #"{"members_added":3}"#])
    func strangers(body: String) {
        #expect(throws: JSONFault.self) { try MembershipChange.read(Array(body.utf8), scrubber: Scrubber()) }
    }

    @Test("an unreadable response is followed by another attempt, which finds everyone in the segment already")
    func unreadableThenAlready() async throws {
        let half = Array(HTTPResponse.membership(added: [a]).body.dropLast(20))
        let change = try await change(
            adding: [a],
            responses: [HTTPResponse(status: 200, contentType: "application/json", body: half), .membership(errors: [([a], alreadyIn)])])
        #expect(change.alreadyMembers == [a])
    }

    @Test("whatever the response, each requested addition is in exactly one bucket")
    func accounting() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            let requested = (0..<Int.random(in: 1...60, using: &generator)).map { "User\($0)@Example.com" }
            var change = MembershipChange()
            var expected: [String] = []
            for address in requested {
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: change.added.append(address.lowercased())
                case 1: change.alreadyMembers.append(address.uppercased())
                case 2: change.rejected.append(.init(address: address, message: "no"))
                default: expected.append(address)
                }
            }
            let batch = try #require(MemberBatch(add: requested + requested.prefix(1)))
            #expect(change.notContacts(of: batch) == expected)
        }
    }

    private func batch(adding: [String] = [], removing: [String] = []) throws -> MemberBatch {
        try #require(MemberBatch(add: adding, remove: removing))
    }

    private func change(adding: [String] = [], removing: [String] = [], responses: [HTTPResponse]) async throws -> MembershipChange {
        let client = MailchimpClient.scripted(ScriptedTransport(responses.map { .success($0) }))
        return try await client.changeMembers(audience: "abc1", segment: 7, batch: batch(adding: adding, removing: removing))
    }
}
