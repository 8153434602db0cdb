import HooklineCore
import Testing

@Suite("A subscriber hash")
struct SubscriberHashTests {
    @Test("is the MD5 of the trimmed, lowercased address")
    func md5() {
        // The first as md5sum(1) says it, the others from the test suite of RFC 1321.
        #expect(SubscriberHash(of: "ada@example.com").description == "3e3417d7ef77d5932a6734b916515ed5")
        #expect(SubscriberHash(of: "").description == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(SubscriberHash(of: " ABC ").description == "900150983cd24fb0d6963f7d28e17f72")
    }

    @Test("is the same for every spelling of an address")
    func spellings() {
        #expect(SubscriberHash(of: "Ada@Example.com ") == SubscriberHash(of: "ada@example.com"))
    }

    @Test("sorts like its digits")
    func order() {
        let hashes = (0..<200).map { SubscriberHash(of: "user\($0)@example.com") }
        #expect(hashes.sorted().map(\.description) == hashes.map(\.description).sorted())
    }
}
