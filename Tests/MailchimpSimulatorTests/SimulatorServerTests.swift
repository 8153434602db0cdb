import AsyncHTTPClient
import Foundation
import MailchimpSimulator
import NIOCore
import NIOHTTP1
import Testing

@Suite("An account over HTTP")
struct SimulatorServerTests {
    /// Runs a test with a server and a client, and stops both.
    private func withServer(
        _ change: (inout SimulatorOptions) -> Void = { _ in }, _ body: (SimulatorServer, Client) async throws -> Void
    ) async throws {
        var options = SimulatorOptions()
        options.contacts = .these(AccountUnderTest.people)
        change(&options)
        let server = try await SimulatorServer.start(options)
        let client = Client(server)
        do {
            try await body(server, client)
        } catch {
            await server.stop()
            try await client.http.shutdown()
            throw error
        }
        await server.stop()
        try await client.http.shutdown()
    }

    @Test("a segment is created, filled, and deleted")
    func mainPath() async throws {
        try await withServer { server, client in
            #expect(
                server.listeningLine == "listening on http://127.0.0.1:\(server.port)/3.0 key \(server.key) audience \(server.audience)")
            let made = try await client.ask("POST", "/lists/\(server.audience)/segments", #"{"name":"VIP","static_segment":[]}"#)
            #expect(made.status == 200)
            #expect(made.headers.first(name: "server") == "openresty")
            #expect(made.headers.first(name: "date")?.hasSuffix("GMT") == true)
            #expect(made.headers.first(name: "content-type") == "application/json; charset=utf-8")
            let added = try await client.ask("POST", "/lists/\(server.audience)/segments/1001", #"{"members_to_add":["ada@example.com"]}"#)
            #expect(added.text.contains(#""total_added":1"#))
            #expect(server.segments.map(\.members) == [["Ada@Example.com"]])
            let deleted = try await client.ask("DELETE", "/lists/\(server.audience)/segments/1001")
            #expect(deleted.status == 204)
            #expect(server.journal.total == 3)
        }
    }

    @Test("links lead back to the server")
    func links() async throws {
        try await withServer { server, client in
            let answer = try await client.ask("GET", "/lists/\(server.audience)/members/bob@example.com")
            #expect(
                answer.text.contains("\"href\":\"\(server.baseURL)/lists/\(server.audience)/members/4b9bb80620f03eb3719e0a061c14283d\""))
        }
    }

    @Test(
        "a lost or dropped request closes the connection, and only a lost one takes effect",
        arguments: [SimulatorOptions.Fault.Kind.lost, .dropped])
    func lost(kind: SimulatorOptions.Fault.Kind) async throws {
        try await withServer { server, client in
            server.withAccount { $0.arrange(.init(kind, rate: 1)) }
            let error = await #expect(throws: HTTPClientError.self) {
                try await client.ask("POST", "/lists/\(server.audience)/segments", #"{"name":"VIP","static_segment":[]}"#)
            }
            #expect(error == .remoteConnectionClosed)
            #expect(server.segments.count == (kind == .lost ? 1 : 0))
            let next = try await client.ask("GET", "/ping")
            #expect(next.status == 200)
        }
    }

    @Test("while ten requests are being served, one more is refused")
    func tenAtOnce() async throws {
        try await withServer { server, client in
            let ping = SimulatedRequest("GET", "/3.0/ping", authorization: "Bearer \(server.key)")
            for _ in 1...10 { server.withAccount { _ = $0.begin(ping) } }
            let refused = try await client.ask("GET", "/ping")
            #expect(refused.status == 429)
            #expect(refused.text.contains("You have exceeded the limit of 10 simultaneous connections."))
            server.withAccount { $0.end() }
            #expect(try await client.ask("GET", "/ping").status == 200)
        }
    }

    @Test("a client that gives up leaves its request open, and stopping doesn't wait for it")
    func abandoned() async throws {
        try await withServer { server, client in
            server.withAccount { $0.arrange(.init(.slow, rate: 1, duration: .seconds(3600))) }
            let request = Task { try await client.ask("GET", "/ping") }
            while server.withAccount({ $0.openRequests }) == 0 { await Task.yield() }
            request.cancel()
            await #expect(throws: (any Error).self) { try await request.value }
            #expect(server.withAccount { $0.openRequests } == 1)
            let next = try await client.ask("GET", "/ping")
            #expect(next.status == 200)
        }
    }

    @Test("many requests at once are all answered, and none beyond the limit is served")
    func manyAtOnce() async throws {
        try await withServer { server, client in
            let statuses = try await withThrowingTaskGroup(of: UInt.self) { group in
                for _ in 1...100 { group.addTask { try await client.ask("GET", "/ping").status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count == 100)
            #expect(statuses.allSatisfy { $0 == 200 || $0 == 429 })
            #expect(statuses.count { $0 == 429 } == server.journal.refusedForConcurrency)
            #expect(server.withAccount { $0.openRequests } == 0)
        }
    }

    @Test("the simulator's own pages need no key, take contacts, and show the journal and the segments")
    func pages() async throws {
        try await withServer { server, client in
            let contacts = #"{"contacts":[{"address":"new@example.com"},{"address":"bob@example.com","status":"cleaned"}]}"#
            #expect(try await client.page("POST", "/_simulator/contacts", contacts).text == #"{"contacts":2}"#)
            _ = try await client.ask("POST", "/lists/\(server.audience)/segments", #"{"name":"VIP","static_segment":["new@example.com"]}"#)
            let segments = try await client.page("GET", "/_simulator/segments")
            #expect(segments.text == #"[{"id":1001,"members":["new@example.com"],"name":"VIP","type":"static"}]"#)
            let journal = try JSONDecoder().decode(Journal.self, from: Data(try await client.page("GET", "/_simulator/journal").text.utf8))
            #expect(journal == server.journal)
            #expect(journal.total == 1)
            #expect(try await client.page("POST", "/_simulator/contacts", #"{"contacts":[{"address":"no"}]}"#).status == 400)
            #expect(try await client.page("POST", "/_simulator/contacts", "x").status == 400)
            #expect(try await client.page("GET", "/_simulator/elsewhere").status == 404)
        }
    }

    @Test("OAuth metadata names the API's address")
    func metadata() async throws {
        try await withServer { server, client in
            let answer = try await client.page("GET", "/oauth2/metadata", authorization: "OAuth \(server.token)")
            #expect(answer.text.contains("\"api_endpoint\":\"\(server.origin)\""))
        }
    }

    @Test("a port that is in use is an error with a code")
    func portTaken() async throws {
        try await withServer { server, _ in
            let error = await #expect(throws: SimulatorError.self) {
                try await SimulatorServer.start(SimulatorOptions(), port: server.port)
            }
            #expect(error?.code == .portUnavailable)
        }
    }

    @Test("it serves until its task is cancelled")
    func run() async throws {
        let server = try await SimulatorServer.start(SimulatorOptions())
        let task = Task { await server.run() }
        task.cancel()
        await task.value
        let client = Client(server)
        await #expect(throws: (any Error).self) { try await client.ask("GET", "/ping") }
        try await client.http.shutdown()
    }
}

/// A client whose connections are not the limit: it opens up to 100.
private struct Client {
    let http: HTTPClient
    let origin: String
    let key: String

    init(_ server: SimulatorServer) {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 100
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        origin = server.origin
        key = server.key
    }

    struct Reply {
        var status: UInt
        var headers: HTTPHeaders
        var text: String
    }

    func ask(_ method: String, _ path: String, _ body: String? = nil) async throws -> Reply {
        try await page(method, "/3.0" + path, body, authorization: "Bearer \(key)")
    }

    func page(
        _ method: String, _ path: String, _ body: String? = nil, authorization: String? = nil
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: origin + path)
        request.method = HTTPMethod(rawValue: method)
        if let authorization { request.headers.add(name: "Authorization", value: authorization) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await http.execute(request, timeout: .minutes(60))
        let bytes = try await response.body.collect(upTo: 16 * 1024 * 1024)
        return Reply(status: response.status.code, headers: response.headers, text: String(buffer: bytes))
    }
}
