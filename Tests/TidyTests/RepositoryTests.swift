import Foundation
import Testing

@Suite("The repository")
struct RepositoryTests {
    private static let texts = Repository.files(
        in: ["Sources", "Tests", "scripts", "docs", "Benchmarks"],
        extensions: ["swift", "c", "h", "lua", "yaml", "md", "csv", "jsonl", "sh"])

    @Test("names nobody's real address", arguments: texts)
    func addresses(_ path: String) throws {
        let allowed = ["example.com", "example.org", "example.net", "example"]
        // Top-level domains that are common in addresses, which leaves out versions and Lua's method calls.
        for match in try Repository.text(path).matches(
            of: /[A-Za-z0-9._%+-]{2,}@([A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.(?:com|org|net|de|fr|io|co|eu))\b/)
        {
            let domain = String(match.1).lowercased()
            #expect(allowed.contains { domain == $0 || domain.hasSuffix("." + $0) }, "\(path): \(domain)")
        }
    }

    @Test("names no machine's path", arguments: texts)
    func paths(_ path: String) throws {
        let text = try Repository.text(path)
        for word in ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/"] { #expect(!text.contains(word), "\(path) has \(word)") }
    }
}
