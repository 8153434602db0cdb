import CodedErrors
import MailchimpSimulator
import Testing

@Suite("The contacts of an account")
struct ContactsFileTests {
    private func account(_ text: String) throws -> SimulatedAccount {
        var options = SimulatorOptions()
        options.contacts = .file(ContactsFile(text: text))
        return try SimulatedAccount(options)
    }

    private func contacts(_ text: String) throws -> [String] {
        try account(text).contactViews.map { "\($0.address) \($0.status.name)" }
    }

    @Test("come from a file with an email and a status per line, and are subscribed without a status")
    func plain() throws {
        #expect(
            try contacts("email,status\nada@example.com,unsubscribed\nbob@example.com,\ncleo@example.com,Cleaned\n")
                == ["ada@example.com unsubscribed", "bob@example.com subscribed", "cleo@example.com cleaned"])
        #expect(try contacts("Email\nada@example.com") == ["ada@example.com subscribed"])
    }

    @Test("may have quotes, other columns, CRLF, a byte order mark, blank lines, and no final line break in their file")
    func shapes() throws {
        #expect(
            try contacts(
                "\u{FEFF}name,STATUS,\"email\"\r\n\"Ada, \"\"Countess\"\"\nLovelace\",pending,\" ada@example.com \"\r\n\r\nBob,,bob@example.com"
            )
                == ["ada@example.com pending", "bob@example.com subscribed"])
    }

    @Test("are counted if they differ only in case, and the last line wins")
    func duplicates() throws {
        let account = try account("email,status\nAda@example.com,subscribed\nada@EXAMPLE.com,cleaned\nbob@example.com,\n")
        #expect(account.contactsFile == ContactsFile.Summary(contacts: 2, duplicates: 1))
        #expect(account.contactViews.first?.status == .cleaned)
    }

    @Test("are none if the file has only a header")
    func headerOnly() throws {
        #expect(try contacts("email,status\n").isEmpty)
    }

    @Test(
        "are refused with the line of a mistake, but never with the address",
        arguments: [
            ("", "contacts.csv:1: the file is empty; its first line must be a header such as email,status"),
            (
                "status\nsubscribed\n",
                "contacts.csv:1: the header has no email column; a contacts file has the columns email and, optionally, status"
            ),
            ("email,status\nada@example.com\n", "contacts.csv:2: the number of fields is 1, but the header has 2"),
            ("email,status\n\nada@example.com,subscribed,x\n", "contacts.csv:3: the number of fields is 3, but the header has 2"),
            ("email,status\n\"a\nb@example.com\",\nada,\n", "contacts.csv:2: the email is malformed; it must look like name@example.com"),
            ("email,status\n,subscribed\n", "contacts.csv:2: the email is empty; every line needs an email"),
            ("email\nada@example.com\nada\n", "contacts.csv:3: the email is malformed; it must look like name@example.com"),
            ("email,status\n\"ada@example.com,x\n", "contacts.csv:2: a quoted field has no closing quote"),
            (
                "email\nada\"@example.com\n",
                "contacts.csv:2: a quote is inside a field without quotes; quote the field, and double the quote"
            ),
            ("email\n\"ada\"@example.com\n", "contacts.csv:2: text follows a closing quote; quote a field as a whole or not at all"),
            (
                "email,status\nada@example.com,subscribd\n",
                "contacts.csv:2: the status is unknown; allowed: subscribed, unsubscribed, cleaned, pending, transactional, archived, forgotten; "
                    + "did you mean 'subscribed'?"
            ),
        ])
    func mistakes(text: String, message: String) {
        let error = #expect(throws: SimulatorError.self) { try contacts(text) }
        #expect(error?.description == message + " [simulator.bad_contacts]")
        #expect(error?.description.contains("ada") == false)
    }

    @Test("are refused with a code if the file does not exist")
    func missing() {
        let error = #expect(throws: SimulatorError.self) { try ContactsFile(path: "/nowhere/contacts.csv") }
        #expect(error?.code == .unreadableFile)
    }

    @Test("have their numbers in their addresses, and states by share, if they are seeded")
    func seeded() throws {
        var options = SimulatorOptions()
        options.contacts = .seeded(3)
        let plain = try SimulatedAccount(options).contactViews
        #expect(plain.map(\.address) == ["user0000001@example.com", "user0000002@example.com", "user0000003@example.com"])
        #expect(plain.allSatisfy { $0.status == .subscribed })
        options.contacts = .seeded(5000, mix: .aged)
        let aged = try SimulatedAccount(options).contactViews
        #expect((200...400).contains(aged.count { $0.status == .unsubscribed }))
        #expect((100...200).contains(aged.count { $0.status == .cleaned }))
        options.contacts = .seeded(0)
        #expect(try SimulatedAccount(options).contactViews.isEmpty)
    }
}
