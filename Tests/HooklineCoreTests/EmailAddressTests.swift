import HooklineCore
import Support
import Testing

@Suite("An email address")
struct EmailAddressTests {
    /// What a text is, its normalized address, and whether more than white space was taken off.
    private func read(_ text: String) -> (EmailAddress.Reading, String, isCleaned: Bool) {
        var (buffer, isCleaned) = ([UInt8](), false)
        let reading = Array(text.utf8).withUnsafeBufferPointer { EmailAddress.read($0, into: &buffer, isCleaned: &isCleaned) }
        return (reading, String(decoding: buffer, as: UTF8.self), isCleaned)
    }

    @Test(
        "is trimmed of white space of every kind and lowercased",
        arguments: [
            "ada@example.com", " Ada@Example.COM\n", "\tADA@EXAMPLE.COM ", "\u{A0}ada@example.com\u{2009}", "\u{3000}Ada@example.com",
        ])
    func normalized(_ text: String) {
        let (reading, address, isCleaned) = read(text)
        #expect(reading == .address)
        #expect(address == "ada@example.com")
        #expect(!isCleaned)
    }

    @Test(
        "loses invisible characters and what is written around it",
        arguments: [
            "\u{FEFF}ada@example.com", "a\u{200B}da@exam\u{AD}ple.com\u{200F}", "\u{202A}ada@example.com\u{202C}",
            "ada\u{2060}@example.com\u{FE0F}",
            "mailto:ada@example.com", "MailTo:Ada@example.com?subject=Hello", "mailto:%61da%40example.com", "Ada <ada@example.com>",
            "\"Lovelace, Ada\" <Ada@Example.com>;", "<ada@example.com>", "<mailto:ada@example.com>",
            "Ada@example.com <mailto:ada@example.com>",
            "'ada@example.com'  <ada@example.com>", "'ada@example.com", "\"ada@example.com\"", "\u{201C}ada@example.com\u{201D}",
            "ada@example.com,", "ada@example.com ; ", "\u{AB}\u{A0}ada@example.com\u{A0}\u{BB}", "'\u{200B}' <ada@example.com>,",
        ])
    func cleaned(_ text: String) {
        let (reading, address, isCleaned) = read(text)
        #expect(reading == .address)
        #expect(address == "ada@example.com")
        #expect(isCleaned)
        #expect(EmailAddress.normalized(text) == "ada@example.com")
    }

    @Test("has a domain beyond ASCII lowercased by Unicode's rules; Punycode stays")
    func unicodeDomain() {
        #expect(read("Eva@B\u{DC}CHER.example.com").1 == "eva@b\u{FC}cher.example.com")
        #expect(read("eva@XN--bcher-kva.example.com").1 == "eva@xn--bcher-kva.example.com")
    }

    @Test("is missing if nothing can be seen", arguments: ["", " ", "\r\n\t", "\u{A0}", "\u{FEFF}", "\u{200B} \u{AD}"])
    func missing(_ text: String) {
        #expect(read(text).0 == .missing)
    }

    @Test(
        "is malformed if Mailchimp cannot have it",
        arguments: [
            "ada", "@example.com", "ada@", "ada@example", "ada@.com", "ada@example..example.com", "ada@example.com.", "a da@example.com",
            "ada@exa mple.com", "ada@@example.com", "a@b@example.com", "ada,bob@example.com", "ada@-mail.example.com",
            "ada@mail-.example.com",
            "ada@example.c_m", "\"ada\"@example.com", String(repeating: "a", count: 65) + "@example.com",
            "ada@" + String(repeating: "a", count: 64) + ".com", "ada@" + String(repeating: "abc.", count: 80) + "com",
            String(repeating: "x", count: 100_000), ".ada@example.com", "ada.@example.com", "a..da@example.com", "ada@192.0.2.1",
            "a(d)a@example.com", "ada:@example.com", "ada@example.com\u{0}", "ad\u{A0}a@example.com", "ada\u{FF20}example.com", "\"\"",
            "<>", "mailto:",
            "mailto:ada@example.com?cc=bob@example.com", "mailto:ada@example.com?cc=bob%40example.com", "mailto:a%20da@example.com",
        ])
    func malformed(_ text: String) {
        #expect(read(text).0 == .malformed)
        #expect(read(text).1.isEmpty)
    }

    @Test(
        "is malformed beside another",
        arguments: [
            "ada@example.com, bob@example.com", "ada@example.com;bob@example.com", "ada@example.com bob@example.com",
            "bob@example.com <ada@example.com>", "<ada@example.com>, <bob@example.com>", "Ada <ada@example.com>; Bob <bob@example.com>",
            "ada@example.com\u{2028}bob@example.com",
        ])
    func two(_ text: String) {
        #expect(read(text).0 == .malformed)
    }

    @Test(
        "with a letter that looks or folds like another is malformed, not somebody else",
        arguments: [
            "mi\u{212A}e@example.com", "mi\u{212A}e@EXAMPLE.com", "ro\u{17F}e@example.com", "\u{130}da@example.com",
            "\u{131}da@example.com", "\u{FF41}da@example.com",
            "\u{E9}va@example.com", "e\u{301}va@example.com", "mike@\u{212A}elvin.example.com", "ada@\u{17F}hop.example.com",
            "ada@\u{FF45}xample.com",
            "ada@example\u{3002}com", "ada@\u{130}nfo.example.com", "ada@\u{1D41A}.example.com", "\u{1F600}@example.com",
        ])
    func folding(_ text: String) {
        #expect(read(text).0 == .malformed)
    }

    @Test(
        "may contain what real addresses contain, and a clean one is its own spelling",
        arguments: [
            "o'brien+news@example.com", "a.b_c-d@mail.example.net", "1@2.example", String(repeating: "a", count: 64) + "@example.com",
            "!#$%&*+-/=?^_`{|}~@example.com", "a@" + String(repeating: "b", count: 63) + ".com", "ada%2b@example.com",
        ])
    func accepted(_ text: String) {
        #expect(read(text) == (.address, text, isCleaned: false))
    }

    @Test("is read to the same end however often it is read, and lowercasing says who is who")
    func idempotent() {
        for text in AddressTexts.all {
            let (reading, address, _) = read(text)
            guard reading == .address else { continue }
            #expect(read(address) == (.address, address, isCleaned: false), "\(address.unicodeScalars.map(\.value))")
            #expect(EmailAddress.lowercased(address) == address)
            #expect(SubscriberHash(of: address) == Array(address.utf8).withUnsafeBufferPointer { SubscriberHash(normalized: $0) })
        }
    }

    @Test("differs in its hash from every other")
    func hashes() {
        var addresses: [SubscriberHash: String] = [:]
        for text in AddressTexts.all where read(text).0 == .address {
            let address = read(text).1
            #expect(addresses.updateValue(address, forKey: SubscriberHash(of: address)) ?? address == address)
        }
        #expect(addresses.count > 1_000)
    }

    @Test(
        "of Mailchimp's loses nothing but its capitals",
        arguments: [
            ("'Ada@Example.com", "'ada@example.com"), (" Mi\u{212A}e@example.com", "mi\u{212A}e@example.com"),
            ("\u{C9}va@example.com", "\u{E9}va@example.com"),
        ])
    func lowercased(_ text: String, _ expected: String) {
        #expect(EmailAddress.lowercased(text) == expected)
    }
}
