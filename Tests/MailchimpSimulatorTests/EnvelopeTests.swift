import MailchimpSimulator
import Testing

@Suite("Status, headers, and body are like Mailchimp's")
struct EnvelopeTests {
    @Test("a success is JSON with a schema link and a request ID")
    func success() throws {
        var test = try AccountUnderTest()
        let answer = try test.ask("GET", "/3.0/ping")
        #expect(answer.status == 200)
        #expect(answer.text("health_status") == "Everything's Chimpy!")
        #expect(answer.raw.header("content-type") == "application/json; charset=utf-8")
        #expect(answer.raw.header("server") == "openresty")
        #expect(answer.raw.header("link")?.hasSuffix("rel=\"describedBy\"") == true)
        #expect(answer.raw.header("x-request-id")?.count == 36)
    }

    @Test("a refusal is a problem document whose instance is the request ID")
    func problem() throws {
        var test = try AccountUnderTest()
        let answer = try test.ask("GET", "/segments/1")
        #expect(answer.status == 404)
        #expect(answer.raw.header("content-type") == "application/problem+json; charset=utf-8")
        #expect(
            answer.raw.header("link")?.contains("https://us21.api.mailchimp.com/schema/3.0/Definitions/ProblemDetailDocument.json") == true)
        #expect(answer.text("type") == "https://mailchimp.com/developer/marketing/docs/errors/")
        #expect(answer.text("title") == "Resource Not Found")
        #expect(answer.text("detail") == "The requested resource could not be found.")
        #expect(answer.number("status") == 404)
        #expect(answer.text("instance") == answer.raw.header("x-request-id"))
    }

    @Test("no answer has a Retry-After header")
    func noRetryAfter() throws {
        var test = try AccountUnderTest { $0.faults = [.init(.tooManyRequests, rate: 1)] }
        let answer = try test.ask("GET", "/3.0/ping")
        #expect(answer.status == 429)
        #expect(answer.text("title") == "Too Many Requests")
        #expect(answer.text("detail") == "You have exceeded the limit of 10 simultaneous connections.")
        #expect(answer.raw.header("retry-after") == nil)
    }

    @Test("a wrong method is answered with the right ones")
    func methodNotAllowed() throws {
        var test = try AccountUnderTest()
        let answer = try test.ask("PUT", "/segments/1")
        #expect(answer.status == 405)
        #expect(answer.raw.header("allow") == "GET, POST, PATCH, DELETE")
    }

    @Test("POST may be overridden with another method")
    func methodOverride() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag()
        let answer = test.account.answer(
            to: SimulatedRequest(
                "POST", AccountUnderTest.list + "/segments/\(tag)", authorization: "Bearer \(SimulatorOptions.defaultKey)",
                methodOverride: "delete"))
        #expect(answer.status == 204)
        #expect(answer.body.isEmpty)
        #expect(answer.header("link") == nil)
    }

    @Test("an unknown resource is not found", arguments: ["/3.0/nothing", "/3.0/lists/zzz", "/3.0/lists/zzz/segments", "/2.0/lists", "/"])
    func unknown(path: String) throws {
        var test = try AccountUnderTest()
        let answer = test.account.answer(to: SimulatedRequest("GET", path, authorization: "Bearer \(SimulatorOptions.defaultKey)"))
        #expect(answer.status == 404)
    }

    @Test(
        "a call that is not simulated says so", arguments: ["/3.0/batches", "/3.0/lists/\(SimulatorOptions.defaultAudience)/webhooks"])
    func notSimulated(path: String) throws {
        var test = try AccountUnderTest()
        let answer = try test.ask("GET", path)
        #expect(answer.status == 501)
        #expect(answer.text("title") == "Not Simulated")
    }

    @Test("equal seeds give equal answers, including request IDs")
    func deterministic() throws {
        var first = try AccountUnderTest()
        var second = try AccountUnderTest()
        var third = try AccountUnderTest { $0.seed = 2 }
        let (one, two, three) = (try first.ask("GET", "/members"), try second.ask("GET", "/members"), try third.ask("GET", "/members"))
        #expect(one.raw.body == two.raw.body)
        #expect(one.raw.header("x-request-id") == two.raw.header("x-request-id"))
        #expect(one.raw.header("x-request-id") != three.raw.header("x-request-id"))
    }
}

@Suite("The account checks its key")
struct CredentialsTests {
    // "any:0badc0de0badc0de0badc0de0badc0de-us21"
    static let basic = "Basic YW55OjBiYWRjMGRlMGJhZGMwZGUwYmFkYzBkZTBiYWRjMGRlLXVzMjE="

    @Test(
        "the key and the token are accepted in every scheme",
        arguments: [
            basic, "Bearer \(SimulatorOptions.defaultKey)", "apikey \(SimulatorOptions.defaultKey)",
            "OAuth \(SimulatorOptions.defaultToken)",
            "bearer \(SimulatorOptions.defaultToken)",
        ])
    func accepted(authorization: String) throws {
        var test = try AccountUnderTest()
        #expect(try test.ask("GET", "/3.0/ping", authorization: authorization).status == 200)
    }

    @Test("a missing or unreadable key is reported as missing", arguments: [nil, "", "Bearer", "Basic !!!", "Digest abc"])
    func missing(authorization: String?) throws {
        var test = try AccountUnderTest()
        let answer = try test.ask("GET", "/3.0/ping", authorization: authorization)
        #expect(answer.status == 401)
        #expect(answer.text("title") == "API Key Missing")
        #expect(answer.text("detail") == "Your request did not include an API key.")
    }

    @Test("a wrong key is invalid", arguments: ["Bearer 00000000000000000000000000000000-us21", "Bearer nonsense", "Bearer a-b"])
    func invalid(authorization: String) throws {
        var test = try AccountUnderTest()
        let answer = try test.ask("GET", "/3.0/ping", authorization: authorization)
        #expect(answer.status == 401)
        #expect(answer.text("title") == "API Key Invalid")
        #expect(answer.text("detail") == "Your API key may be invalid, or you've attempted to access the wrong datacenter.")
    }

    @Test("a key of another data center is answered with its name")
    func otherCentre() throws {
        var test = try AccountUnderTest()
        let answer = try test.ask("GET", "/3.0/ping", authorization: "Bearer 0badc0de0badc0de0badc0de0badc0de-us6")
        #expect(answer.status == 403)
        #expect(answer.text("title") == "Forbidden")
        #expect(answer.text("detail") == "The API key provided is linked to datacenter 'us6'")
    }

    @Test("OAuth metadata names the API's address, and reports an unknown token with a 200")
    func metadata() throws {
        let test = try AccountUnderTest()
        let good = Answer(
            test.account.metadata(
                SimulatedRequest("GET", "/oauth2/metadata", authorization: "OAuth \(SimulatorOptions.defaultToken)", host: "127.0.0.1:8089")
            ))
        #expect(good.text("dc") == "us21")
        #expect(good.text("api_endpoint") == "http://127.0.0.1:8089")
        let bad = Answer(test.account.metadata(SimulatedRequest("GET", "/oauth2/metadata", authorization: "OAuth nobody")))
        #expect(bad.status == 200)
        #expect(bad.text("error") == "invalid_token")
    }
}
