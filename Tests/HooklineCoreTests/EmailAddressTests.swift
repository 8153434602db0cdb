import HooklineCore
import Testing

@Suite("An email address")
struct EmailAddressTests {
    private func read(_ text: String) -> (EmailAddress.Reading, String) {
        var buffer: [UInt8] = []
        let reading = Array(text.utf8).withUnsafeBufferPointer { EmailAddress.read($0, into: &buffer) }
        return (reading, String(decoding: buffer, as: UTF8.self))
    }

    @Test("is trimmed and lowercased", arguments: ["ada@example.com", " Ada@Example.COM\n", "\tADA@EXAMPLE.COM "])
    func normalized(_ text: String) {
        let (reading, address) = read(text)
        #expect(reading == .address)
        #expect(address == "ada@example.com")
    }

    @Test("beyond ASCII is lowercased by Unicode's rules")
    func unicode() {
        let (reading, address) = read("ÉVA@Bücher.example.com")
        #expect(reading == .address)
        #expect(address == "éva@bücher.example.com")
    }

    @Test("is missing if there is only whitespace", arguments: ["", " ", "\r\n\t"])
    func missing(_ text: String) {
        #expect(read(text).0 == .missing)
    }

    @Test(
        "is malformed if no mail can reach it",
        arguments: [
            "ada", "@example.com", "ada@", "ada@example", "ada@.com", "ada@example..example.com", "ada@example.com.", "a da@example.com",
            "ada@exa mple.com", "ada@@example.com", "a@b@example.com", "ada,bob@example.com", "ada@-mail.example.com",
            "ada@mail-.example.com",
            "ada@example.c_m", "\"ada\"@example.com", String(repeating: "a", count: 65) + "@example.com",
            "ada@" + String(repeating: "a", count: 64) + ".com", "ada@" + String(repeating: "abc.", count: 80) + "com",
            String(repeating: "x", count: 100_000),
        ])
    func malformed(_ text: String) {
        #expect(read(text).0 == .malformed)
    }

    @Test(
        "may contain what real addresses contain",
        arguments: [
            "o'brien+news@example.com", "a.b_c-d@mail.example.net", "1@2.example", String(repeating: "a", count: 64) + "@example.com",
        ])
    func accepted(_ text: String) {
        #expect(read(text).0 == .address)
    }
}
