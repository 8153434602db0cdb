import Foundation
import NetworkSettings
import Testing

@testable import Mailchimp

@Suite("HTTP over a real connection")
struct HTTPClientTransportTests {
    @Test("method, path, headers and body arrive as given, and the response comes back whole")
    func roundTrip() async throws {
        let head =
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nX-Request-Id: r-9\r\n"
            + "Retry-After: 3\r\nContent-Length: 2\r\n\r\n{}"
        let server = try await LoopbackServer.start(.responds(Array(head.utf8)))
        let url = "http://127.0.0.1:\(server.port)/3.0/lists?x=%2B"
        let response = try await send(to: url, method: "PATCH", body: Array(#"{"name":"é"}"#.utf8)).get()
        try await server.stop()
        let expected = HTTPResponse(
            status: 400, contentType: "application/problem+json", requestID: "r-9", retryAfterSeconds: 3, body: Array("{}".utf8))
        #expect(response == expected)
        let text = String(decoding: server.received.value, as: UTF8.self)
        #expect(text.hasPrefix("PATCH /3.0/lists?x=%2B HTTP/1.1\r\n"))
        #expect(text.contains("X-Test: yes\r\n"))
        #expect(text.lowercased().contains("content-length: 13\r\n"))
        #expect(text.hasSuffix(#"{"name":"é"}"#))
    }

    @Test("a compressed response is decompressed")
    func gzip() async throws {
        let packed = try #require(Data(base64Encoded: "H4sIAAAAAAACA6tWSlSyMqwFAK+sG1YHAAAA"))
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"
        let response = try await exchange(.responds(Array(head.utf8) + packed)).get()
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"a":1}"#)
    }

    @Test("an https call goes through the proxy of the environment, which sees no more than the host; its answers are told apart")
    func proxied() async throws {
        let head = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
        let server = try await LoopbackServer.start(.responds(Array(head.utf8)))
        let transport = HTTPClientTransport(
            connections: 1, settings: NetworkSettings(environment: ["HTTPS_PROXY": "http://u:p@127.0.0.1:\(server.port)"]))
        let request = HTTPRequest(
            method: "GET", url: "https://us21.api.example.com/3.0/ping", headers: [("X-Test", "yes")], body: nil,
            timeout: .seconds(30))
        await #expect(throws: TransportFailure.self) { _ = try await transport.send(request) }
        try await transport.shutdown()
        try await server.stop()
        let text = String(decoding: server.received.value, as: UTF8.self)
        #expect(text.hasPrefix("CONNECT us21.api.example.com:443 HTTP/1.1\r\n") && !text.contains("X-Test"), "\(text)")
        #expect(text.lowercased().contains("proxy-authorization: basic dtpw"))
    }

    @Test(
        "a variable of the environment that cannot be used fails the call by its name",
        arguments: ["HTTPS_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"])
    func badEnvironment(_ name: String) async throws {
        let transport = HTTPClientTransport(connections: 1, settings: NetworkSettings(environment: [name: "ftp://nowhere"]))
        let request = HTTPRequest(
            method: "GET", url: "https://us21.api.example.com/3.0/ping", headers: [], body: nil, timeout: .seconds(30))
        do {
            _ = try await transport.send(request)
            Issue.record("sent")
        } catch TransportFailure.tls(let reason) { #expect(reason.contains(name)) }
        try await transport.shutdown()
    }

    @Test("a redirect is a response, and not followed")
    func redirect() async throws {
        let head = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
        #expect(try await exchange(.responds(Array(head.utf8))).get().status == 302)
    }

    @Test(
        "a connection that breaks before, within or after the head is lost",
        arguments: ["", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":"])
    func brokenOff(response: String) async throws {
        let result = try await exchange(.hangsUpAfter(Array(response.utf8)))
        guard case .failure(TransportFailure.connectionLost) = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test("the timeout lasts to the last byte", arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":"])
    func timeout(response: String) async throws {
        let result = try await exchange(.responds(Array(response.utf8)), timeout: .milliseconds(50))
        #expect(throws: TransportFailure.timedOut) { try result.get() }
    }

    @Test("a response beyond the limit is not read")
    func tooLarge() async throws {
        let response = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + String(repeating: "x", count: 5_000)
        let result = try await exchange(.responds(Array(response.utf8)))
        #expect(throws: TransportFailure.responseTooLarge(limit: 4_096)) { try result.get() }
    }

    @Test("a refused connection means that nothing was sent")
    func refused() async throws {
        let server = try await LoopbackServer.start(.responds([]))
        let port = server.port
        try await server.stop()
        let result = try await send(to: "http://127.0.0.1:\(port)/3.0")
        guard case .failure(TransportFailure.unreachable) = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test("a server without TLS is told apart from one that is down")
    func noTLS() async throws {
        let server = try await LoopbackServer.start(.responds(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)))
        let result = try await send(to: "https://127.0.0.1:\(server.port)/3.0")
        try await server.stop()
        guard case .failure(TransportFailure.tls) = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test("a cancelled exchange throws CancellationError")
    func cancelled() async throws {
        let server = try await LoopbackServer.start(.responds([]))
        let port = server.port
        let task = Task { try await send(to: "http://127.0.0.1:\(port)/3.0").get() }
        while server.received.value.isEmpty { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await server.stop()
    }

    @Test("nothing is sent after shutdown")
    func closed() async throws {
        let transport = HTTPClientTransport(connections: 1)
        try await transport.shutdown()
        await #expect(throws: TransportFailure.self) {
            try await transport.send(HTTPRequest(method: "GET", url: "http://127.0.0.1:1/", headers: [], timeout: .seconds(5)))
        }
    }

    /// On a busy machine an exchange may wait for a minute.
    private static let patience = Duration.seconds(600)

    private func exchange(
        _ manner: LoopbackServer.Manner, timeout: Duration = Self.patience
    ) async throws -> Result<HTTPResponse, any Error> {
        let server = try await LoopbackServer.start(manner)
        let result = try await send(to: "http://127.0.0.1:\(server.port)/3.0", timeout: timeout)
        try await server.stop()
        return result
    }

    private func send(
        to url: String, method: String = "GET", body: [UInt8]? = nil, timeout: Duration = Self.patience
    ) async throws -> Result<HTTPResponse, any Error> {
        let transport = HTTPClientTransport(connections: 2, responseLimit: 4_096)
        let result: Result<HTTPResponse, any Error>
        do {
            let request = HTTPRequest(method: method, url: url, headers: [("X-Test", "yes")], body: body, timeout: timeout)
            result = .success(try await transport.send(request))
        } catch {
            result = .failure(error)
        }
        try await transport.shutdown()
        return result
    }
}
