import CodedErrors
import MailchimpSimulator
import Testing

@Suite("Contacts come from a CSV file")
struct ContactsFileTests {
    private func account(_ text: String) throws -> SimulatedAccount {
        var options = SimulatorOptions()
        options.contacts = .file(ContactsFile(text: text))
        return try SimulatedAccount(options)
    }

    private func contacts(_ text: String) throws -> [String] {
        try account(text).contactViews.map { "\($0.address) \($0.status.name)" }
    }

    @Test("an email and a status a line; without a status they are subscribed")
    func plain() throws {
        #expect(
            try contacts("email,status\nada@example.com,unsubscribed\nbob@example.com,\ncleo@example.com,Cleaned\n")
                == ["ada@example.com unsubscribed", "bob@example.com subscribed", "cleo@example.com cleaned"])
        #expect(try contacts("Email\nada@example.com") == ["ada@example.com subscribed"])
    }

    @Test("quotes, other columns, CRLF, a byte order mark, blank lines and a last line without an end are fine")
    func shapes() throws {
        #expect(
            try contacts(
                "\u{FEFF}name,STATUS,\"email\"\r\n\"Ada, \"\"Countess\"\"\nLovelace\",pending,\" ada@example.com \"\r\n\r\nBob,,bob@example.com"
            )
                == ["ada@example.com pending", "bob@example.com subscribed"])
    }

    @Test("of two lines that differ in case only the last wins, and it is counted")
    func duplicates() throws {
        let account = try account("email,status\nAda@example.com,subscribed\nada@EXAMPLE.com,cleaned\nbob@example.com,\n")
        #expect(account.contactsFile == ContactsFile.Summary(contacts: 2, duplicates: 1))
        #expect(account.contactViews.first?.status == .cleaned)
    }

    @Test("a header without lines is an empty audience")
    func headerOnly() throws {
        #expect(try contacts("email,status\n").isEmpty)
    }

    @Test(
        "a mistake names its line, and never the person",
        arguments: [
            ("", "contacts.csv:1: the file is empty; its first line must be a header such as email,status"),
            ("status\nsubscribed\n", "contacts.csv:1: the header has no column email; a contacts file has email and status"),
            ("email,status\nada@example.com\n", "contacts.csv:2: 1 fields where the header has 2"),
            ("email,status\n\nada@example.com,subscribed,x\n", "contacts.csv:3: 3 fields where the header has 2"),
            ("email,status\n\"a\nb@example.com\",\nada,\n", "contacts.csv:2: the email is malformed; it must look like name@example.com"),
            ("email,status\n,subscribed\n", "contacts.csv:2: the email is empty; every line needs one"),
            ("email\nada@example.com\nada\n", "contacts.csv:3: the email is malformed; it must look like name@example.com"),
            ("email,status\n\"ada@example.com,x\n", "contacts.csv:2: a quoted field without its closing quote"),
            ("email\nada\"@example.com\n", "contacts.csv:2: a quote inside a bare field; quote the whole field and double the quote"),
            ("email\n\"ada\"@example.com\n", "contacts.csv:2: text after a closing quote; a field is either wholly quoted or not at all"),
            (
                "email,status\nada@example.com,subscribd\n",
                "contacts.csv:2: an unknown status; allowed: subscribed, unsubscribed, cleaned, pending, transactional, archived, forgotten; "
                    + "did you mean 'subscribed'?"
            ),
        ])
    func mistakes(text: String, message: String) {
        let error = #expect(throws: SimulatorError.self) { try contacts(text) }
        #expect(error?.description == message + " [simulator.bad_contacts]")
        #expect(error?.description.contains("ada") == false)
    }

    @Test("a file that isn't there is said so")
    func missing() {
        let error = #expect(throws: SimulatorError.self) { try ContactsFile(path: "/nowhere/contacts.csv") }
        #expect(error?.code == .unreadableFile)
    }

    @Test("seeded contacts have their number in the address, and states by their share")
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
