import HooklineCore
import Testing

@Suite("Versions by semver.org")
struct VersionTests {
    @Test("sort like the specification's example")
    func order() throws {
        let texts = [
            "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
            "1.0.1", "1.10.0", "2.0.0",
        ]
        let versions = try texts.map { try #require(Version($0)) }
        for (left, right) in zip(versions, versions.dropFirst()) {
            #expect(left < right)
            #expect(!(right < left))
        }
        #expect(versions.shuffled().sorted() == versions)
        #expect(Version("1.0.0+a") == Version("1.0.0+b"))
    }

    @Test("are three numbers", arguments: ["", "1", "1.0", "1.0.0.0", "v1.0.0", "1.x.0", "+1.0.0", "1.-1.0"])
    func refused(_ text: String) { #expect(Version(text) == nil) }
}
