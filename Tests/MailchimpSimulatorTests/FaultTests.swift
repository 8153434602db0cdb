import CodedErrors
import MailchimpSimulator
import Testing

@Suite("Faults on demand")
struct FaultTests {
    @Test(
        "a fault is a kind, a rate, and sometimes a duration",
        arguments: [
            ("429=2%", SimulatorOptions.Fault(.tooManyRequests, rate: 0.02)),
            ("lost=0.5%", SimulatorOptions.Fault(.lost, rate: 0.005)),
            ("slow=1%", SimulatorOptions.Fault(.slow, rate: 0.01, duration: .seconds(5))),
            ("slow=100%:250ms", SimulatorOptions.Fault(.slow, rate: 1, duration: .milliseconds(250))),
            ("timeout=0%:2m", SimulatorOptions.Fault(.timeout, rate: 0, duration: .seconds(120))),
        ])
    func parse(text: String, fault: SimulatorOptions.Fault) throws {
        #expect(try SimulatorOptions.Fault.parse(text) == fault)
    }

    @Test("every kind can be parsed", arguments: SimulatorOptions.Fault.Kind.allCases)
    func everyKind(kind: SimulatorOptions.Fault.Kind) throws {
        #expect(try SimulatorOptions.Fault.parse("\(kind.rawValue)=1%").kind == kind)
    }

    @Test(
        "a malformed fault is refused",
        arguments: ["", "429", "=1%", "lots=1%", "429=2", "429=-1%", "429=101%", "429=x%", "429=nan%", "lost=1%:5s", "429=1e1%"])
    func refused(text: String) {
        let error = #expect(throws: SimulatorError.self) { try SimulatorOptions.Fault.parse(text) }
        #expect(error?.code == .badFault)
    }

    @Test("the message about an unknown kind lists all kinds and suggests the nearest")
    func nearest() {
        let error = #expect(throws: SimulatorError.self) { try SimulatorOptions.Fault.parse("losst=1%") }
        #expect(
            error?.description
                == "--fault: 'losst' is not a kind of fault; allowed: 429, 500, 503, html403, html503, drop, lost, timeout, slow, lie, page400, 405delete; "
                + "did you mean 'lost'? [simulator.bad_fault]")
    }

    @Test("a duration needs a number and a unit", arguments: ["5", "ms", "1h", "-1s", "1.s.2", "slow", "99999999m"])
    func badDuration(text: String) {
        let error = #expect(throws: SimulatorError.self) { try Duration.simulator(text) }
        #expect(error?.code == .badDuration)
    }

    @Test(
        "durations are parsed",
        arguments: [
            ("300ms", Duration.milliseconds(300)), ("1.5s", .milliseconds(1500)), ("2m", .seconds(120)), ("0", .zero), ("0ms", .zero),
        ])
    func duration(text: String, duration: Duration) throws {
        #expect(try Duration.simulator(text) == duration)
    }

    @Test("the same seed gives the same faults, and another seed gives others")
    func deterministic() throws {
        func faults(seed: UInt64) throws -> [SimulatorOptions.Fault.Kind?] {
            var test = try AccountUnderTest {
                $0.seed = seed
                $0.faults = [.init(.tooManyRequests, rate: 0.2), .init(.lost, rate: 0.2), .init(.slow, rate: 0.1)]
            }
            return try (1...200).map { _ in try test.ask("GET", "/3.0/ping").raw.fault }
        }
        #expect(try faults(seed: 7) == faults(seed: 7))
        #expect(try faults(seed: 7) != faults(seed: 8))
    }

    @Test("a rate holds over many requests")
    func rate() throws {
        var test = try AccountUnderTest { $0.faults = [.init(.internalError, rate: 0.1)] }
        for _ in 1...2000 { try test.ask("GET", "/3.0/ping") }
        #expect((150...250).contains(test.account.journal.faults["500", default: 0]))
    }

    @Test(
        "a refused request has no effect",
        arguments: [
            (SimulatorOptions.Fault.Kind.tooManyRequests, 429), (.internalError, 500), (.unavailable, 503), (.htmlForbidden, 403),
            (.htmlUnavailable, 503),
        ])
    func refusals(kind: SimulatorOptions.Fault.Kind, status: Int) throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag()
        test.account.arrange(.init(kind, rate: 1))
        let answer = try test.change(tag, add: ["ada@example.com"])
        #expect(answer.status == status)
        #expect(answer.raw.delivery == .answered)
        #expect(answer.raw.fault == kind)
        #expect(test.members(of: tag).isEmpty)
        let isHTML = kind == .htmlForbidden || kind == .htmlUnavailable
        #expect(answer.raw.header("content-type") == (isHTML ? "text/html" : "application/problem+json; charset=utf-8"))
        #expect(answer.json.isEmpty == isHTML)
    }

    @Test("a request with a lost answer took effect, so the next attempt says that the member exists")
    func lost() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag()
        test.account.arrange(.init(.lost, rate: 1))
        #expect(try test.change(tag, add: ["ada@example.com"]).raw.delivery == .lost)
        #expect(test.members(of: tag) == ["Ada@Example.com"])
        let again = try test.change(tag, add: ["ada@example.com"])
        #expect(again.number("total_added") == 0)
        #expect(again.number("error_count") == 1)
        #expect(test.account.journal.answers["lost"] == 1)
    }

    @Test("a dropped request has no effect")
    func dropped() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag()
        test.account.arrange(.init(.dropped, rate: 1))
        #expect(try test.change(tag, add: ["ada@example.com"]).raw.delivery == .dropped)
        #expect(test.members(of: tag).isEmpty)
    }

    @Test("a request that times out takes effect and holds its connection for two minutes")
    func timeout() throws {
        var test = try AccountUnderTest { $0.latency = .milliseconds(300) }
        let tag = try test.makeTag()
        test.account.arrange(.init(.timeout, rate: 1))
        let answer = try test.change(tag, add: ["ada@example.com"])
        #expect(answer.raw.delivery == .lost)
        #expect(answer.raw.serverTime == .seconds(120))
        #expect(test.members(of: tag).count == 1)
    }

    @Test("slow adds its duration to the latency")
    func slow() throws {
        var test = try AccountUnderTest {
            $0.latency = .milliseconds(300)
            $0.faults = [.init(.slow, rate: 1)]
        }
        #expect(try test.ask("GET", "/3.0/ping").raw.serverTime == .milliseconds(5300))
    }

    @Test("a lie says that nobody was added, but lists the added members")
    func lie() throws {
        var test = try AccountUnderTest { $0.faults = [.init(.lie, rate: 1)] }
        let tag = try test.makeTag()
        let answer = try test.change(tag, add: ["ada@example.com"])
        #expect(answer.status == 200)
        #expect(answer.number("total_added") == 0)
        #expect(answer.objects("members_added").count == 1)
        #expect(test.members(of: tag).count == 1)
    }

    @Test("page400 hits only pages, and 405delete only the deletion of segments")
    func selective() throws {
        var test = try AccountUnderTest { $0.faults = [.init(.pageRefused, rate: 1), .init(.deleteRefused, rate: 1)] }
        let tag = try test.makeTag()
        #expect(try test.ask("GET", "/segments/\(tag)").status == 200)
        #expect(try test.ask("GET", "/segments/\(tag)/members").status == 400)
        #expect(try test.ask("GET", "/members").status == 400)
        #expect(try test.ask("DELETE", "/segments/\(tag)").status == 405)
        #expect(try test.ask("GET", "/segments/\(tag)").status == 200)
    }

    @Test("an arranged fault waits for its operation")
    func arranged() throws {
        var test = try AccountUnderTest()
        test.account.arrange(.init(.internalError, rate: 1), for: "POST /lists/{list_id}/segments")
        #expect(try test.ask("GET", "/3.0/ping").status == 200)
        #expect(try test.ask("POST", "/segments", ["name": "VIP", "static_segment": [String]()]).status == 500)
        #expect(try test.ask("POST", "/segments", ["name": "VIP", "static_segment": [String]()]).status == 200)
    }

    @Test("calls take time by their size if there are costs")
    func costs() throws {
        var test = try AccountUnderTest {
            $0.contacts = .seeded(1000)
            $0.costs = CostModel()
        }
        let tag = try test.makeTag()
        #expect(try test.change(tag, add: (1...500).map(SeededContacts.address)).raw.serverTime == .milliseconds(2300))
        #expect(try test.ask("GET", "/members?count=1000&fields=members.email_address").raw.serverTime == .milliseconds(800))
        #expect(try test.ask("DELETE", "/segments/\(tag)").raw.serverTime == .milliseconds(500))
    }
}

@Suite("The limit of ten requests at once")
struct ConnectionTests {
    let ping = SimulatedRequest("GET", "/3.0/ping", authorization: "Bearer \(SimulatorOptions.defaultKey)")

    @Test("refuses the eleventh immediately, and releases connections as requests end")
    func eleventh() throws {
        var account = try AccountUnderTest { $0.latency = .seconds(1) }.account
        for _ in 1...10 {
            let answer = account.begin(ping)
            #expect(answer.status == 200)
            #expect(answer.serverTime == .seconds(1))
        }
        let refused = account.begin(ping)
        #expect(refused.status == 429)
        #expect(refused.serverTime == .zero)
        account.end()
        #expect(account.begin(ping).status == 429)
        account.end()
        account.end()
        #expect(account.begin(ping).status == 200)
        #expect(account.journal.highestConcurrency == 11)
        #expect(account.journal.refusedForConcurrency == 2)
    }

    @Test("may refuse without a body")
    func plain() throws {
        var account = try AccountUnderTest {
            $0.connectionLimit = 1
            $0.behaviour.plainRefusals = true
        }.account
        _ = account.begin(ping)
        let refused = account.begin(ping)
        #expect(refused.status == 429)
        #expect(refused.body.isEmpty)
    }
}

@Suite("The journal")
struct JournalTests {
    @Test("counts calls, sizes, and concurrency, and keeps the mutations in order")
    func counts() throws {
        var test = try AccountUnderTest()
        let tag = try test.makeTag("VIP", ["ada@example.com"])
        _ = try test.change(tag, add: ["bob@example.com", "nobody@example.com"], remove: ["ada@example.com"])
        _ = try test.ask("GET", "/members")
        _ = try test.ask("DELETE", "/segments/\(tag)")
        let journal = test.account.journal
        #expect(journal.total == 4)
        #expect(journal.count("POST /lists/{list_id}/segments/{segment_id}") == 1)
        #expect(journal.count("GET /lists/{list_id}/members") == 1)
        #expect(journal.mostAddressesToAdd == 2)
        #expect(journal.mostAddressesToRemove == 1)
        #expect(journal.highestConcurrency == 1)
        #expect(journal.answers == ["200": 3, "204": 1])
        #expect(
            journal.mutations.map(\.operation) == [
                "POST /lists/{list_id}/segments", "POST /lists/{list_id}/segments/{segment_id}",
                "DELETE /lists/{list_id}/segments/{segment_id}",
            ])
        #expect(journal.mutations[1].added == 1)
        #expect(journal.mutations[1].removed == 1)
        #expect(journal.mutations.map(\.call) == [1, 2, 4])
    }
}
