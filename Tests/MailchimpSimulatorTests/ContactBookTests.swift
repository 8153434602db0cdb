import Testing

@testable import MailchimpSimulator

@Suite("The book of contacts")
struct ContactBookTests {
    @Test("agrees with a dictionary after any additions and moves", arguments: [1, 2, 3, 4, 5] as [UInt64])
    func agreesWithDictionary(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var book = ContactBook()
        var expected: [String: Int] = [:]
        for step in 0..<3000 {
            let number = Int.random(in: 0..<800, using: &random)
            let name = "person\(number)@example.com"
            let spelling = Bool.random(using: &random) ? name : name.uppercased()
            if let contact = expected[name], step % 7 == 0 {
                let target = "person\(Int.random(in: 0..<800, using: &random))@example.org"
                let hasMoved = book.move(contact, to: Array(target.utf8), at: 0)
                #expect(hasMoved == (expected[target] == nil))
                if hasMoved {
                    expected[name] = nil
                    expected[target] = contact
                }
            } else {
                let (contact, isNew) = book.put(spelling.utf8, status: .subscribed, at: UInt32(step))
                #expect(isNew == (expected[name] == nil))
                expected[name] = contact
            }
            if step % 500 == 0 { _ = book.find(hash: SubscriberHash(identity: Array(name.utf8))) }
        }
        for (name, contact) in expected {
            #expect(book.find(address: name.uppercased().utf8) == contact)
            #expect(book.find(hash: SubscriberHash(identity: Array(name.utf8))) == contact)
        }
        #expect(book.find(address: "nobody@example.com".utf8) == nil)
    }

    @Test(
        "ignores the case of letters beyond ASCII, too",
        arguments: [
            ("MÜLLER@example.com", "müller@example.com"), ("İ@example.com", "i̇@example.com"), ("ΑΒΓ@example.com", "αβγ@example.com"),
        ])
    func beyondASCII(stored: String, asked: String) {
        var book = ContactBook()
        let (contact, _) = book.put(stored.utf8, status: .subscribed, at: 0)
        #expect(book.find(address: asked.utf8) == contact)
        #expect(book.find(address: stored.utf8) == contact)
        #expect(book.find(address: "x@example.com".utf8) == nil)
    }

    @Test("hashes the trimmed, lowercased address with MD5")
    func hash() {
        var book = ContactBook()
        let (contact, _) = book.put(" Bob@Example.com\n".utf8, status: .subscribed, at: 0)
        #expect(String(decoding: book.hash(of: contact).hexadecimal, as: UTF8.self) == "4b9bb80620f03eb3719e0a061c14283d")
        #expect(String(decoding: book.address(of: contact), as: UTF8.self) == "Bob@Example.com")
    }

    @Test(
        "accepts plausible addresses",
        arguments: [
            "a@example.com", "a.b+c@mail.example.com", "a@b\u{FC}cher.example.com", "\(String(repeating: "a", count: 64))@example.com",
        ])
    func plausible(address: String) {
        #expect(EmailAddress.isPlausible(Array(address.utf8)))
    }

    @Test(
        "rejects implausible addresses",
        arguments: [
            "", "@", "a@", "@example.com", "a@b", "a b@example.com", "a@@example.com", "a@b@example.com", "a@.com", "a@example.",
            "\u{E9}va@example.com", "mi\u{212A}e@example.com",
            "\(String(repeating: "a", count: 65))@example.com", "a@\(String(repeating: "b", count: 250)).com",
        ])
    func implausible(address: String) {
        #expect(!EmailAddress.isPlausible(Array(address.utf8)))
    }

    @Test("reads a contact ID back to its contact", arguments: [0, 1, 999_999, 4_000_000_000])
    func contactID(number: Int) {
        let text = String(decoding: ContactID(number).hexadecimal, as: UTF8.self)
        #expect(ContactID(hexadecimal: text)?.number == number)
        #expect(ContactID(hexadecimal: text.uppercased())?.number == number)
        #expect(ContactID(hexadecimal: String(text.reversed())) == nil)
    }
}

@Suite("A set of contacts")
struct ContactSetTests {
    @Test("agrees with a set of numbers", arguments: [1, 2, 3] as [UInt64])
    func agrees(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var (left, right) = (ContactSet(), ContactSet())
        var (expectedLeft, expectedRight) = (Set<Int>(), Set<Int>())
        for _ in 0..<2000 {
            let number = Int.random(in: 0..<500, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: #expect(left.insert(number) == expectedLeft.insert(number).inserted)
            case 1: #expect(left.remove(number) == (expectedLeft.remove(number) != nil))
            case 2: #expect(right.insert(number) == expectedRight.insert(number).inserted)
            default: #expect(right.contains(number + 200) == expectedRight.contains(number + 200))
            }
        }
        #expect(left.count == expectedLeft.count)
        #expect(left.page(offset: 0, limit: .max) == expectedLeft.sorted())
        #expect(left.intersection(right).page(offset: 0, limit: .max) == expectedLeft.intersection(expectedRight).sorted())
        #expect(left.union(right).count == expectedLeft.union(expectedRight).count)
        #expect(left.countShared(with: right) == expectedLeft.intersection(expectedRight).count)
        for offset in [0, 1, 63, 64, 65, 100, 1000] {
            #expect(left.page(offset: offset, limit: 7) == Array(expectedLeft.sorted().dropFirst(offset).prefix(7)))
        }
    }
}
