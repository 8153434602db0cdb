import MailchimpSimulator
import Testing

@Suite("A segment batch adds and removes as Mailchimp does")
struct SegmentBatchTests {
    static let noneSubscribed = "None of the emails provided were subscribed to the list"
    static let alreadyIn = "Email addresses already exist in the static segment"
    static let notIn = "Email addresses do not exist in the static segment"

    @Test("a contact that is not in the segment is added")
    func addOne() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag()
        let answer = try test.change(tag, add: ["ada@example.com"])
        #expect(answer.status == 200)
        #expect(answer.number("total_added") == 1)
        #expect(answer.number("error_count") == 0)
        #expect(answer.texts("members_added", of: "email_address") == ["Ada@Example.com"])
        #expect(test.members(of: tag) == ["Ada@Example.com"])
    }

    @Test("adding a member again is an error inside a 200")
    func addTwice() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        let answer = try test.change(tag, add: ["ADA@example.com"])
        #expect(answer.status == 200)
        #expect(answer.number("total_added") == 0)
        #expect(answer.number("error_count") == 1)
        #expect(answer.addressErrors == ["ADA@example.com: \(Self.alreadyIn)"])
    }

    @Test("an existing member does not keep a new one from being added")
    func addOldAndNew() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        let answer = try test.change(tag, add: ["ada@example.com", "bob@example.com"])
        #expect(answer.number("total_added") == 1)
        #expect(answer.number("error_count") == 1)
        #expect(answer.addressErrors == ["ada@example.com: \(Self.alreadyIn)"])
        #expect(test.members(of: tag) == ["Ada@Example.com", "bob@example.com"])
    }

    @Test(
        "adding only unknown addresses is refused as a whole",
        arguments: [["nobody@example.com"], ["nobody@example.com", "nobody@example.com"], [""]])
    func addStrangers(addresses: [String]) throws {
        var test = try AccountUnderTest()
        let answer = try test.change(try test.makeTag(), add: addresses)
        #expect(answer.status == 400)
        #expect(answer.text("title") == "Invalid Resource")
        #expect(answer.fieldErrors == ["members_to_add: \(Self.noneSubscribed)"])
    }

    @Test("removing only unknown addresses is refused as a whole")
    func removeStrangers() throws {
        var test = try AccountUnderTest()
        let answer = try test.change(try test.makeTag(), remove: ["nobody@example.com"])
        #expect(answer.status == 400)
        #expect(answer.fieldErrors == ["members_to_remove: \(Self.noneSubscribed)"])
    }

    @Test("unknown addresses are silently ignored when a member is removed with them")
    func removeMemberAndStrangers() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        let answer = try test.change(tag, remove: ["ada@example.com", "x@example.com", "y@example.com"])
        #expect(answer.status == 200)
        #expect(answer.number("total_removed") == 1)
        #expect(answer.number("error_count") == 0)
        #expect(test.members(of: tag).isEmpty)
    }

    @Test("removing a contact who is not a member is an error inside a 200")
    func removeOutsider() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        let answer = try test.change(tag, remove: ["bob@example.com", "ada@example.com", "x@example.com", "y@example.com"])
        #expect(answer.number("total_removed") == 1)
        #expect(answer.number("error_count") == 1)
        #expect(answer.addressErrors == ["bob@example.com: \(Self.notIn)"])
    }

    @Test("an unknown segment is not found", arguments: ["99", "123asdf", "-1", "99999999999999999999"])
    func missingSegment(id: String) throws {
        var test = try AccountUnderTest()
        let answer = try test.ask("POST", "/segments/\(id)", ["members_to_add": ["ada@example.com"]])
        #expect(answer.status == 404)
        #expect(answer.text("title") == "Resource Not Found")
    }

    @Test("500 addresses in each array are accepted, and 501 in either are refused")
    func limit() throws {
        var test = try AccountUnderTest { $0.contacts = .seeded(1200) }
        let tag = try test.makeTag("VIP", (501...1000).map(SeededContacts.address))
        let full = try test.change(tag, add: (1...500).map(SeededContacts.address), remove: (501...1000).map(SeededContacts.address))
        #expect(full.number("total_added") == 500)
        #expect(full.number("total_removed") == 500)
        for (add, remove) in [((1...501), (1...1)), ((1...1), (1...501))] {
            let answer = try test.change(tag, add: add.map(SeededContacts.address), remove: remove.map(SeededContacts.address))
            #expect(answer.status == 400)
            #expect(answer.text("title") == "Invalid Resource")
            #expect(
                answer.text("detail")
                    == "Maximum allowed member items exceeded, please provide at most 500 items in members_to_add field or members_to_remove field"
            )
        }
        #expect(test.account.journal.mostAddressesToAdd == 501)
        #expect(test.members(of: tag).count == 500)
    }

    @Test("an unknown address among contacts is neither in the added members nor in the errors")
    func strangerIsSilent() throws {
        var test = try AccountUnderTest()
        let answer = try test.change(try test.makeTag(), add: ["nobody@example.com", "bob@example.com"])
        #expect(answer.status == 200)
        #expect(!answer.raw.text.contains("nobody"))
        #expect(answer.number("total_added") == 1)
    }

    @Test("an address that is given twice counts once")
    func duplicates() throws {
        var test = try AccountUnderTest()
        let answer = try test.change(try test.makeTag(), add: ["bob@example.com", " BOB@example.com "])
        #expect(answer.number("total_added") == 1)
        #expect(answer.number("error_count") == 0)
    }

    @Test("errors are grouped by message, and error_count counts messages")
    func grouping() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com", "bob@example.com"])
        let answer = try test.change(tag, add: ["ada@example.com", "bob@example.com"], remove: ["cleo@example.com"])
        #expect(answer.addressErrors == ["ada@example.com bob@example.com: \(Self.alreadyIn)", "cleo@example.com: \(Self.notIn)"])
        #expect(answer.number("error_count") == 2)
    }

    @Test("error_count can be set to count addresses")
    func errorCountOfAddresses() throws {
        var test = try AccountUnderTest { $0.behaviour.errorCount = .addresses }
        let tag = try test.makeTag("VIP", ["ada@example.com", "bob@example.com"])
        #expect(try test.change(tag, add: ["ada@example.com", "bob@example.com"]).number("error_count") == 2)
    }

    @Test("only subscribed, pending, and transactional contacts are added", arguments: ContactStatus.allCases)
    func addable(status: ContactStatus) throws {
        var test = try AccountUnderTest { $0.contacts = .these([("ada@example.com", status), ("bob@example.com", .subscribed)]) }
        let tag = try test.makeTag()
        _ = try test.change(tag, add: ["ada@example.com", "bob@example.com"])
        let isAdded = [.subscribed, .pending, .transactional].contains(status)
        #expect(test.members(of: tag) == (isAdded ? ["ada@example.com", "bob@example.com"] : ["bob@example.com"]))
    }

    @Test("a half with only unknown addresses refuses the whole request, and nothing takes effect")
    func unknownHalfRefuses() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        let answer = try test.change(tag, add: ["nobody@example.com"], remove: ["ada@example.com"])
        #expect(answer.status == 400)
        #expect(test.members(of: tag) == ["Ada@Example.com"])
    }

    @Test("a half with only unknown addresses can be set to be ignored")
    func unknownHalfIgnored() throws {
        var test = try AccountUnderTest { $0.behaviour.unknownHalf = .isIgnored }
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        #expect(try test.change(tag, add: ["nobody@example.com"], remove: ["ada@example.com"]).number("total_removed") == 1)
        #expect(try test.change(tag, add: ["nobody@example.com"], remove: ["nobody@example.com"]).status == 400)
    }

    @Test("a malformed address is ignored, or can be set to refuse the request")
    func malformed() throws {
        var lenient = try AccountUnderTest()
        #expect(try lenient.change(try lenient.makeTag(), add: ["no address", "ada@example.com"]).number("total_added") == 1)
        var strict = try AccountUnderTest { $0.behaviour.malformedAddress = .refusesAll }
        let answer = try strict.change(try strict.makeTag(), add: ["no address", "ada@example.com"])
        #expect(answer.fieldErrors == ["members_to_add: Invalid email addresses given in members_to_add: no address"])
    }

    @Test("a saved segment cannot be changed")
    func saved() throws {
        var test = try AccountUnderTest()
        let id = try test.ask("POST", "/segments", ["name": "Saved", "options": ["match": "any"]]).number("id")
        let answer = try test.change(id, add: ["ada@example.com"])
        #expect(answer.status == 400)
        #expect(answer.text("detail") == "A Static Segment with an id of \"\(id)\" does not exist for this list.")
    }

    @Test(
        "empty arrays and unknown keys do nothing",
        arguments: [#"{}"#, #"{"static_segment":["ada@example.com"]}"#, #"{"members_to_add":[]}"#, ""])
    func nothing(body: String) throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag()
        let request = SimulatedRequest(
            "POST", AccountUnderTest.list + "/segments/\(tag)", authorization: "Bearer \(SimulatorOptions.defaultKey)",
            body: Array(body.utf8)
        )
        let answer = Answer(test.account.answer(to: request))
        #expect(answer.status == 200)
        #expect(answer.number("total_added") == 0)
        #expect(test.members(of: tag).isEmpty)
    }

    @Test(
        "a body of the wrong shape is refused",
        arguments: [
            (#"{"members_to_add":"ada@example.com"}"#, "members_to_add: Schema describes array, string found instead"),
            (#"{"members_to_add":[1]}"#, "members_to_add: Schema describes string, number found instead"),
            (#"{"members_to_add":[null]}"#, "members_to_add: Schema describes string, null found instead"),
            (#"["ada@example.com"]"#, ": Schema describes object, array found instead"),
        ])
    func wrongShape(body: String, error: String) throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag()
        let request = SimulatedRequest(
            "POST", AccountUnderTest.list + "/segments/\(tag)", authorization: "Bearer \(SimulatorOptions.defaultKey)",
            body: Array(body.utf8)
        )
        #expect(Answer(test.account.answer(to: request)).fieldErrors == [error])
    }

    @Test("a body that is not JSON is refused")
    func notJSON() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag()
        let request = SimulatedRequest(
            "POST", AccountUnderTest.list + "/segments/\(tag)", authorization: "Bearer \(SimulatorOptions.defaultKey)",
            body: Array("{".utf8))
        #expect(Answer(test.account.answer(to: request)).text("title") == "JSON Parse Error")
    }

    @Test("members who have unsubscribed can be removed")
    func removeUnsubscribed() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        try test.account.put("ada@example.com", .unsubscribed, at: test.now)
        #expect(try test.change(tag, remove: ["ada@example.com"]).number("total_removed") == 1)
    }
}
