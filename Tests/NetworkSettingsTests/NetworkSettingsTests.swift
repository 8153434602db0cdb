import AsyncHTTPClient
import Foundation
import Testing

@testable import NetworkSettings

@Suite("The way out of this machine's network")
struct NetworkSettingsTests {
    /// `host:port` of the proxy; nil for the direct way.
    private func proxy(_ environment: [String: String], _ url: String = "https://us21.api.mailchimp.com/3.0/") throws -> String? {
        try NetworkSettings(environment: environment).proxy(for: url).map { "\($0.host):\($0.port)" }
    }

    @Test(
        "goes through the proxy of the environment",
        arguments: [
            ([:], nil), (["HTTPS_PROXY": ""], nil), (["HTTP_PROXY": "http://p.example.com:1"], nil),
            (["HTTPS_PROXY": "http://p.example.com:3128"], "p.example.com:3128"),
            (["https_proxy": "p.example.com:3128"], "p.example.com:3128"),
            (["https_proxy": "http://a.example.com:1", "HTTPS_PROXY": "http://b.example.com:2"], "a.example.com:1"),
            (["ALL_PROXY": "socks5://p.example.com"], "p.example.com:1080"),
            (["HTTPS_PROXY": "http://u:s%40cret@[2001:db8::1]:9/"], "2001:db8::1:9"),
        ] as [([String: String], String?)])
    func proxies(_ environment: [String: String], _ expected: String?) throws {
        #expect(try proxy(environment) == expected)
    }

    @Test(
        "is direct where NO_PROXY says so",
        arguments: [
            ("mailchimp.com", true), (".mailchimp.com", true), ("*.mailchimp.com", true), ("*", true),
            ("a.example.com, api.mailchimp.com", true),
            ("US21.API.mailchimp.com:443", true), ("mailchimp.com:8443", false), ("chimp.com", false), ("example.com", false), ("", false),
            (",", false),
        ])
    func exceptions(_ exceptions: String, _ isDirect: Bool) throws {
        let found = try proxy(["HTTPS_PROXY": "http://p.example.com:3128", "NO_PROXY": exceptions])
        #expect((found == nil) == isDirect)
    }

    @Test("is always direct to this machine", arguments: ["http://127.0.0.1:8089/3.0", "http://localhost:1", "https://[::1]:2/"])
    func thisMachine(_ url: String) throws {
        #expect(try proxy(["HTTPS_PROXY": "http://p.example.com:1", "HTTP_PROXY": "http://p.example.com:1"], url) == nil)
    }

    @Test(
        "a value that is no proxy is refused by the variable's name, without its password",
        arguments: [
            "https://u:geheim@p.example.com", "http://", "ftp://u:geheim@p.example.com", "http://p:99999",
            "socks5://u:geheim@p.example.com",
        ])
    func badProxy(_ value: String) {
        let problem = #expect(throws: NetworkProblem.self) { try proxy(["HTTPS_PROXY": value]) }
        #expect(problem?.message.contains("HTTPS_PROXY") == true && problem?.message.contains("geheim") == false)
    }

    @Test("certificates come from where the variables say, or from nowhere")
    func certificates() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-certificates-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = folder.appendingPathComponent("readme.txt").path
        try Data("no certificate".utf8).write(to: URL(fileURLWithPath: text))
        #expect(throws: Never.self) { _ = try NetworkSettings(environment: [:]).tls() }
        for (name, value) in [
            ("SSL_CERT_FILE", text), ("SSL_CERT_FILE", folder.path), ("SSL_CERT_FILE", "/nowhere"), ("SSL_CERT_DIR", folder.path),
            ("SSL_CERT_DIR", "/nowhere"),
        ] {
            let problem = #expect(throws: NetworkProblem.self) { _ = try NetworkSettings(environment: [name: value]).tls() }
            #expect(problem?.message.contains(name) == true)
        }
    }

    @Test(
        "is told in words, without a proxy's user or password",
        arguments: [
            ([:], "direct; no variable"),
            (["HTTPS_PROXY": "http://u:s%40cret@p.example.com:3128"], "through the proxy p.example.com:3128 of HTTPS_PROXY, with the user"),
            (["ALL_PROXY": "socks5://p.example.com"], "through the proxy p.example.com:1080 of ALL_PROXY"),
            (["https_proxy": "p.example.com:1", "NO_PROXY": "example.org, .mailchimp.com"], "direct, since NO_PROXY has '.mailchimp.com'"),
            (["HTTPS_PROXY": "http://u:s%40cret@p.example.com:1", "no_proxy": "*"], "direct, since no_proxy has '*'"),
        ] as [([String: String], String)])
    func words(_ environment: [String: String], _ expected: String) throws {
        let way = try NetworkSettings(environment: environment).way(to: "https://us21.api.mailchimp.com/3.0")
        #expect(way.hasPrefix("us21.api.mailchimp.com: ") && way.contains(expected), "\(way)")
        #expect(!way.contains("cret") && !way.contains("u:"))
        #expect(try NetworkSettings(environment: environment).way(to: "http://127.0.0.1:8089/3.0").contains("this machine"))
        #expect(try NetworkSettings(environment: [:]).certificates() == "those of the system")
    }
}
