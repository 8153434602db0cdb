import Foundation
import HooklineCore
import Mailchimp
import MailchimpSimulator
import Support
import Synchronization

/// Carries the requests of one run into the simulated account, with faults and death on the way, and holds each against the ledger.
final class MortalTransport: Transport {
    /// What may happen to a request.
    struct Weather: Sendable {
        /// From 0 to 1: how many requests meet something.
        var faultRate = 0.0
        var kinds: [SimulatorOptions.Fault.Kind] = []
        /// How many pages lie about the total.
        var lyingTotals = 0.0
        /// From 0 to 1: before how many requests, and after how many, somebody signs up.
        var signUpRate = 0.0
        /// From 0 to 1: before how many requests, and after how many, somebody edits the members of one of our segments by hand.
        var editRate = 0.0
    }

    private let account: SimulatedTransport
    private let clock: TestClock
    private let ledger: any Ledger
    private let life: Life
    private let weather: Weather
    private let sabotage: Sabotage?
    /// Who must not be removed, because the rows of the run want them: by label, the segment itself under "".
    private let wanted: [String: Set<String>]
    /// How many users there are who may sign up or be edited.
    private let users: Int
    private let random: Mutex<SeededGenerator>
    private let found = Mutex<[String]>([])

    init(
        _ account: SimulatedTransport, clock: TestClock, ledger: any Ledger, life: Life, weather: Weather, sabotage: Sabotage?,
        seed: UInt64, users: Int, wanted: [String: Set<String>]
    ) {
        self.users = users
        self.account = account
        self.clock = clock
        self.ledger = ledger
        self.life = life
        self.weather = weather
        self.sabotage = sabotage
        self.wanted = wanted
        random = Mutex(SeededGenerator(seed: seed))
    }

    private let shownSoFar = Mutex(ShownMembers())

    /// How many members the account showed.
    var shown: ShownMembers { shownSoFar.withLock { $0 } }
    /// What was sent that must not have been.
    var violations: [String] { found.withLock { $0 } }

    func send(_ original: HTTPRequest) async throws -> HTTPResponse {
        let call = sabotaged(original)
        do { try life.step() } catch { throw TransportFailure.connectionLost("the process is gone") }
        try check(call)
        meanwhile()
        let answer = perform(call)
        meanwhile()
        if sabotage == .sendsTwice { _ = perform(call) }
        do { try life.step() } catch { throw TransportFailure.connectionLost("the process is gone") }
        clock.advance(answer.serverTime)
        guard answer.delivery == .answered else {
            if answer.fault == .timeout {
                // As long as Mailchimp itself works on a call, so that no place stays taken behind it.
                clock.advance(max(.zero, MailchimpConfiguration.serverTimeout - answer.serverTime))
                throw TransportFailure.timedOut
            }
            throw TransportFailure.connectionLost("closed without an answer")
        }
        return HTTPResponse(
            status: answer.status, contentType: answer.header("Content-Type"), requestID: answer.header("X-Request-Id"),
            date: account.serverNow, body: try presumed(lied(answer.body, call), call))
    }

    /// The body with the ledger's number of members in place of the account's, where that is the mistake.
    private func presumed(_ body: [UInt8], _ call: HTTPRequest) throws -> [UInt8] {
        shownSoFar.withLock { $0.note(body, to: call) }
        let id = call.url.prefix { $0 != "?" }.split(separator: "/").last.flatMap { Int($0) }
        guard sabotage == .takesLedgerForMailchimp, call.method == "GET", let id,
            let known = try ledger.segments(of: "vip").first(where: { $0.mailchimpID == id })
        else { return body }
        return Array(
            String(decoding: body, as: UTF8.self).replacing(/"member_count":\d+/, with: "\"member_count\":\(known.members)").utf8)
    }

    /// What others do between any two calls.
    private func meanwhile() {
        let (signsUp, edits, number, other, pick) = random.withLock { random in
            (
                Double.random(in: 0..<1, using: &random) < weather.signUpRate,
                Double.random(in: 0..<1, using: &random) < weather.editRate, Int.random(in: 0..<max(1, users), using: &random),
                Int.random(in: 0..<max(1, users), using: &random), Int.random(in: 0..<1_000, using: &random)
            )
        }
        if signsUp { try? account.signUp(["user\(number)@example.com"]) }
        let ours = ((try? ledger.segments(of: "vip")) ?? []).compactMap(\.mailchimpID)
        guard edits, !ours.isEmpty else { return }
        let path = "/3.0/lists/\(Scenario.audience)/segments/\(ours[pick % ours.count])"
        let body = #"{"members_to_add":["user\#(number)@example.com"],"members_to_remove":["user\#(other)@example.com"]}"#
        let request = SimulatedRequest(
            "POST", path, authorization: "Bearer \(SimulatorOptions.defaultKey)", body: Array(body.utf8),
            arrival: SimulatedInstant(seconds: account.serverNow))
        account.withAccount { _ = $0.answer(to: request) }
    }

    private func perform(_ call: HTTPRequest) -> SimulatedAnswer {
        let path = call.url.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }
        let request = SimulatedRequest(
            call.method, String(path), authorization: call.headers.first { $0.name == "Authorization" }?.value, body: call.body ?? [],
            arrival: SimulatedInstant(seconds: account.serverNow))
        let fault = drawFault(call)
        return account.withAccount { account in
            if let fault { account.arrange(SimulatorOptions.Fault(fault, rate: 1)) }
            return account.answer(to: request)
        }
    }

    private func drawFault(_ call: HTTPRequest) -> SimulatorOptions.Fault.Kind? {
        let isSegment = call.url.prefix { $0 != "?" }.split(separator: "/").dropLast().last == "segments"
        let possible = weather.kinds.filter { kind in
            switch kind {
            case .lie: call.method == "POST" && isSegment
            case .pageRefused: call.method == "GET" && call.url.contains("offset=")
            case .deleteRefused: call.method == "DELETE"
            default: true
            }
        }
        return random.withLock { random in
            guard Double.random(in: 0..<1, using: &random) < weather.faultRate else { return nil }
            return possible.randomElement(using: &random)
        }
    }

    private func lied(_ body: [UInt8], _ call: HTTPRequest) -> [UInt8] {
        guard call.method == "GET", call.url.contains("offset="), weather.lyingTotals > 0 else { return body }
        return random.withLock { random in
            guard Double.random(in: 0..<1, using: &random) < weather.lyingTotals else { return body }
            let text = String(decoding: body, as: UTF8.self)
            guard let match = text.firstMatch(of: /"total_items":(\d+)/), let total = Int(match.1) else { return body }
            let lie = max(0, total + Int.random(in: -2...2, using: &random))
            return Array(text.replacingCharacters(in: match.range, with: "\"total_items\":\(lie)").utf8)
        }
    }

    // MARK: What may be sent

    private struct Changes: Decodable {
        var add: [String]?
        var remove: [String]?
        var name: String?
        var members: [String]?

        enum CodingKeys: String, CodingKey {
            case add = "members_to_add"
            case remove = "members_to_remove"
            case name
            case members = "static_segment"
        }
    }

    private func check(_ call: HTTPRequest) throws {
        let parts = call.url.prefix { $0 != "?" }.split(separator: "/").map(String.init)
        guard call.method != "GET" else { return }
        let body = (try? JSONDecoder().decode(Changes.self, from: Data(call.body ?? []))) ?? Changes()
        let ours = try ledger.segments(of: "vip")
        switch (call.method, parts.dropLast().last) {
        case ("POST", "segments"):
            guard let id = parts.last.flatMap({ Int($0) }), let segment = ours.first(where: { $0.mailchimpID == id }) else {
                return complain("members of a segment that is not ours were changed")
            }
            try checkIntents(body.add ?? [], .adding, segment)
            try checkIntents(body.remove ?? [], .removing, segment)
            if let wish = wanted[segment.key.label ?? ""], let one = body.remove?.first(where: wish.contains) {
                complain("\(one) was removed, whom a row wants")
            }
        case ("POST", _) where parts.last == "segments":
            if !ours.contains(where: { $0.phase == .creating && $0.name == body.name }) { complain("a segment was made without an intent") }
        case ("PATCH", "segments"):
            guard let segment = ours.first(where: { String($0.mailchimpID ?? 0) == parts.last }) else {
                return complain("a stranger's segment was changed")
            }
            if body.members != nil, segment.phase != .resetting { complain("a segment was emptied without an intent") }
            if let name = body.name, segment.pendingName != name { complain("a segment was renamed without an intent") }
        case ("DELETE", "segments"):
            guard let segment = ours.first(where: { String($0.mailchimpID ?? 0) == parts.last }) else {
                return complain("a stranger's segment was deleted")
            }
            if segment.phase != .deleting { complain("a segment was deleted without an intent") }
        default: complain("\(call.method) \(parts.suffix(2).joined(separator: "/")) is none of the promised calls")
        }
    }

    private func checkIntents(_ addresses: [String], _ state: MemberState, _ segment: LedgerSegment) throws {
        if addresses.count > 500 { complain("a call carried \(addresses.count) addresses on one side") }
        for address in addresses where try ledger.entry(of: SubscriberHash(of: address), in: segment)?.state != state {
            return complain("\(address) was sent without standing in the ledger as \(state)")
        }
    }

    private func complain(_ what: String) { found.withLock { $0.append(what) } }

    private func sabotaged(_ call: HTTPRequest) -> HTTPRequest {
        var call = call
        switch sabotage {
        case .createsContacts where call.method == "POST" && call.url.hasSuffix("/segments"):
            call.url = String(call.url.dropLast("/segments".count)) + "/members"
            call.body = Array(#"{"email_address":"made@example.com","status":"subscribed"}"#.utf8)
        case .removesStrangers
        where call.method == "POST" && call.body.map { String(decoding: $0, as: UTF8.self).contains("members_to_remove") } == true:
            let text = String(decoding: call.body ?? [], as: UTF8.self)
            call.body = Array(text.replacing("\"members_to_remove\":[", with: "\"members_to_remove\":[\"stranger@example.com\",").utf8)
        case .losesAdditions where call.method == "POST":
            let text = String(decoding: call.body ?? [], as: UTF8.self)
            call.body = Array(text.replacing(/"user1[0-9]@example.com",/, with: "").utf8)
        default: break
        }
        return call
    }
}
