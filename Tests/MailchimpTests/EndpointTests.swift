import CodedErrors
import Testing

@testable import Mailchimp

@Suite("The endpoint of an account")
struct EndpointTests {
    @Test("a key names its data center after the last dash", arguments: [("abc-us21", "us21"), ("a-b-c-us6", "us6"), ("x-dc1", "dc1")])
    func keySuffix(key: String, dataCenter: String) async throws {
        let client = client(.apiKey(key), [])
        #expect(try await client.resolveEndpoint() == "https://\(dataCenter).api.mailchimp.com/3.0")
    }

    @Test(
        "a key without a usable data center is refused before anything is sent",
        arguments: ["abc", "abc-", "", "abc-us21.example.com/", "abc-US21", "a b-us21", "abc-us21\n"])
    func badKeys(key: String) async throws {
        let error = try await mailchimpError { try await client(.apiKey(key), []).resolveEndpoint() }
        #expect(error?.code == .badCredential)
        if !key.isEmpty { #expect(error?.description.contains(key) == false) }
    }

    @Test("a base_url makes the suffix unnecessary")
    func baseURL() async throws {
        let client = client(.apiKey("simulator"), [], baseURL: "http://127.0.0.1:8089/3.0/")
        #expect(try await client.resolveEndpoint() == "http://127.0.0.1:8089/3.0")
    }

    @Test(
        "a base_url is https, or http to this machine",
        arguments: [
            ("https://proxy.example.com/mc/3.0", "https://proxy.example.com/mc/3.0"), ("http://localhost:80", "http://localhost:80"),
            ("HTTP://[::1]:8089/3.0", "http://[::1]:8089/3.0"),
            (" https://us1.api.mailchimp.com/3.0// ", "https://us1.api.mailchimp.com/3.0"),
            ("http://127.9.9.9/3.0", "http://127.9.9.9/3.0"),
        ])
    func goodBaseURLs(url: String, base: String) throws {
        #expect(try Endpoint(baseURL: url).base == base)
    }

    @Test(
        "anything else is refused, above all plain http over a network",
        arguments: [
            "http://us21.api.mailchimp.com/3.0", "http://127.0.0.1.example.com/", "http://127.example.com", "ftp://localhost/",
            "localhost:8089",
            "", "https://", "https://key:secret@example.com/3.0", "https://example.com/3.0?apikey=1", "https://example.com/#x",
            "http://10.0.0.1/3.0",
        ])
    func badBaseURLs(url: String) {
        #expect { try Endpoint(baseURL: url) } throws: { error in
            (error as? MailchimpError)?.code == .badBaseURL && !"\(error)".contains("secret")
        }
    }

    @Test("a token's data center is looked up once for all callers, and counted apart from calls")
    func token() async throws {
        let transport = ScriptedTransport { request, _ in
            if request.url == EndpointResolver.metadataURL {
                await Task.yield()
                return .json(#"{"dc":"us3","role":"admin","api_endpoint":"https://us3.api.mailchimp.com"}"#)
            }
            return .json(#"{"account_id":"1","account_name":"Example"}"#)
        }
        let client = client(.accessToken("t0k3n"), transport)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try await client.account() } }
            try await group.waitForAll()
        }
        let metadata = transport.requests.filter { $0.url == EndpointResolver.metadataURL }
        #expect(metadata.count == 1)
        #expect(metadata.first?.headers.contains { $0 == ("Authorization", "OAuth t0k3n") } == true)
        #expect(
            transport.requests.contains { $0.url.hasPrefix("https://us3.api.mailchimp.com/3.0/") && $0.headers[0].value == "Bearer t0k3n" })
        #expect(client.statistics.metadataCalls == 1)
        #expect(client.statistics.calls == 20)
    }

    @Test("an error with status 200 is still an error, and isn't remembered")
    func tokenRefused() async throws {
        let transport = ScriptedTransport([
            .success(.json(#"{"error":"invalid_token","error_description":"of anna@example.com"}"#)),
            .success(.json(#"{"dc":"us3"}"#)),
        ])
        let client = client(.accessToken("t0k3n"), transport)
        let error = try await mailchimpError { try await client.resolveEndpoint() }
        #expect(error?.code == .unauthorized)
        #expect(error?.message.contains("invalid_token: of (address)") == true)
        #expect(try await client.resolveEndpoint() == "https://us3.api.mailchimp.com/3.0")
    }

    @Test("a token that the metadata call echoes is not in the error")
    func tokenEchoed() async throws {
        let client = client(.accessToken("t0k3n"), [.success(.json(#"{"error":"invalid_token","error_description":"t0k3n expired"}"#))])
        let error = try await mailchimpError { try await client.resolveEndpoint() }
        #expect(error?.code == .unauthorized)
        #expect(error?.description.contains("t0k3n") == false)
    }

    @Test("metadata without a usable data center is unreadable", arguments: ["{}", #"{"dc":"evil.example.com/"}"#, "<html>", ""])
    func oddMetadata(body: String) async throws {
        let client = client(.accessToken("t0k3n"), ScriptedTransport { _, _ in .json(body) })
        let error = try await mailchimpError { try await client.resolveEndpoint() }
        #expect(error?.code == .unreadableResponse)
    }

    @Test("a cancelled caller doesn't spoil the lookup for the others")
    func cancelledSearch() async throws {
        let arrived = AsyncStream<Void>.makeStream()
        let transport = ScriptedTransport { _, number in
            guard number == 0 else { return .json(#"{"dc":"us3"}"#) }
            arrived.continuation.yield()
            try await Task.sleep(for: .seconds(3_600))
            return .json("{}")
        }
        let client = client(.accessToken("t0k3n"), transport)
        let first = Task { try await client.resolveEndpoint() }
        for await _ in arrived.stream { break }
        let second = Task { try await client.resolveEndpoint() }
        first.cancel()
        #expect(try await second.value == "https://us3.api.mailchimp.com/3.0")
        await #expect(throws: CancellationError.self) { try await first.value }
    }

    @Test("a credential is never shown")
    func redacted() {
        for credential in [Credential.apiKey("s3cret-us21"), .accessToken("s3cret")] {
            var dumped = ""
            dump(MailchimpConfiguration(credential: credential), to: &dumped)
            let request = HTTPRequest(
                method: "GET", url: "https://example.com", headers: [("Authorization", credential.authorization)], timeout: .seconds(1))
            dump(request, to: &dumped)
            dump(credential, to: &dumped)
            let shown =
                "\(credential) \(String(reflecting: credential)) \(MailchimpConfiguration(credential: credential)) \(request) \(dumped)"
            #expect(!shown.contains("s3cret"))
            #expect(!shown.contains(credential.authorization))
        }
    }

    private func client(_ credential: Credential, _ script: [Result<HTTPResponse, TransportFailure>], baseURL: String? = nil)
        -> MailchimpClient
    {
        client(credential, ScriptedTransport(script), baseURL: baseURL)
    }

    private func client(_ credential: Credential, _ transport: ScriptedTransport, baseURL: String? = nil) -> MailchimpClient {
        MailchimpClient(
            configuration: MailchimpConfiguration(credential: credential, baseURL: baseURL), transport: transport,
            dependencies: ControlledTime().dependencies)
    }
}
