import MailchimpSimulator
import Testing

@Suite("Contacts that are written through the API")
struct ContactWriteTests {
    @Test("are counted, and segment calls create none")
    func counted() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag()
        _ = try test.change(tag, add: ["ada@example.com", "stranger@example.com"])
        #expect(test.account.journal.contactsCreatedThroughAPI == 0)
        #expect(try test.ask("POST", "/members", ["email_address": "stranger@example.com", "status": "subscribed"]).status == 200)
        #expect(
            try test.ask("PUT", "/members/other@example.com", ["email_address": "other@example.com", "status_if_new": "pending"]).status
                == 200)
        let batch = [
            "members": [["email_address": "third@example.com", "status": "subscribed"], ["email_address": "bad", "status": "subscribed"]]
        ]
        let answer = try test.ask("POST", "", batch)
        #expect(answer.number("total_created") == 1)
        #expect(answer.number("error_count") == 1)
        #expect(test.account.journal.contactsCreatedThroughAPI == 3)
        #expect(try test.ask("PATCH", "/members/ada@example.com", ["status": "unsubscribed"]).text("status") == "unsubscribed")
        #expect(test.account.journal.contactsChangedThroughAPI == 1)
    }

    @Test("cannot be created twice")
    func exists() throws {
        var test = try AccountUnderTest()
        let answer = try test.ask("POST", "/members", ["email_address": "ADA@example.com", "status": "subscribed"])
        #expect(answer.text("title") == "Member Exists")
        #expect(answer.text("detail") == "Ada@Example.com is already a list member. Use PUT to insert or update list members.")
    }

    @Test("keep their segments and change their hash with a new address")
    func move() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        let before = try test.ask("GET", "/members/ada@example.com")
        let after = try test.ask("PATCH", "/members/ada@example.com", ["email_address": "lovelace@example.com"])
        #expect(after.text("id") != before.text("id"))
        #expect(after.text("contact_id") == before.text("contact_id"))
        #expect(test.members(of: tag) == ["lovelace@example.com"])
        #expect(try test.ask("GET", "/members/\(before.text("id"))").status == 404)
        #expect(try test.ask("GET", "/members/\(after.text("id"))").status == 200)
        let taken = try test.ask("PATCH", "/members/lovelace@example.com", ["email_address": "bob@example.com"])
        #expect(taken.status == 400)
    }

    @Test("are hidden if archived, and gone for good if forgotten")
    func archiveAndForget() throws {
        var test = try AccountUnderTest()
        #expect(try test.ask("DELETE", "/members/ada@example.com").status == 204)
        let again = try test.ask("DELETE", "/members/ada@example.com")
        #expect(again.status == 405)
        #expect(
            again.text("detail") == "This list member cannot be removed. Can not archive a contact that is bounced, pending or archived")
        #expect(try test.ask("POST", "/members", ["email_address": "ada@example.com", "status": "subscribed"]).status == 200)
        #expect(try test.ask("POST", "/members/ada@example.com/actions/delete-permanent").status == 204)
        #expect(try test.ask("GET", "/members/ada@example.com").status == 404)
        let forgotten = try test.ask("POST", "/members", ["email_address": "ada@example.com", "status": "subscribed"])
        #expect(forgotten.text("title") == "Forgotten Email Not Subscribed")
    }
}
