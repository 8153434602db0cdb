/// What an answer other than success means: the error, and whether to try again.
struct ResponseFailure: Error, Sendable {
    /// The error to report when no further attempt is made.
    var error: MailchimpError
    /// Why another attempt may help, or nil.
    var retryReason: RetryReason?
    /// The least pause that the answer asked for.
    var requestedPause: Duration?
    /// The halves of a membership call that were refused since nobody in them is a contact.
    var unknownHalves: Set<MemberBatch.Half> = []

    /// A failure that no further attempt can mend.
    init(_ error: MailchimpError) {
        self.error = error
    }

    /// Reads an answer to a call; nil for success.
    init?(_ answer: HTTPAnswer, to call: Call) {
        guard !(200..<300).contains(answer.status) else { return nil }
        let problem = Problem(answer.body)
        let reading = Self.read(answer, problem, call)
        let scrubber = Scrubber(known: call.addresses)
        error = MailchimpError(
            reading.code, Self.sentence(reading, problem, scrubber), status: answer.status, requestID: answer.requestID,
            requestLine: call.requestLine, title: problem?.title.map(scrubber.scrub),
            fields: (problem?.fields ?? []).map { .init(name: $0.name, message: scrubber.scrub($0.message)) })
        retryReason = reading.retryReason
        requestedPause = answer.retryAfterSeconds.map { .seconds(max($0, 0)) }
        if reading.code == .refused, case .changeMembers = call { unknownHalves = problem?.unknownHalves ?? [] }
    }

    /// An answer of success that could not be read.
    init(unreadable answer: HTTPAnswer, reason: String, requestLine: String) {
        error = MailchimpError(
            .unreadableAnswer, "\(reason); \(Self.looks(answer))", status: answer.status, requestID: answer.requestID,
            requestLine: requestLine)
        retryReason = .unreadable
    }

    /// No whole answer at all.
    init(_ failure: TransportFailure, requestLine: String) {
        let (code, message, retryReason): (MailchimpError.Code, String, RetryReason?) =
            switch failure {
            case .unreachable(let reason):
                (.unreachable, "no connection (\(reason)); check the network, and base_url if one is set", .unreachable)
            case .connectionLost(let reason): (.connectionLost, "the connection broke before the answer was there (\(reason))", .lost)
            case .timedOut: (.timedOut, "no answer in time; Mailchimp may still carry the call out", .timedOut)
            case .tls(let reason):
                (.tls, "no safe connection (\(reason)); check this machine's clock, its certificates and any proxy between", nil)
            case .answerTooLarge(let limit):
                (.unreadableAnswer, "the answer is larger than \(limit) bytes, which no answer of Mailchimp's is", .unreadable)
            }
        error = MailchimpError(code, message, requestLine: requestLine)
        self.retryReason = retryReason
    }

    private struct Reading {
        var code: MailchimpError.Code
        var retryReason: RetryReason?
        var lead: String
        var advice = ""
    }

    private static func read(_ answer: HTTPAnswer, _ problem: Problem?, _ call: Call) -> Reading {
        switch answer.status {
        case 300..<400:
            Reading(code: .refused, lead: "answered with a redirect", advice: "base_url probably isn't the address of an API")
        case 401:
            Reading(code: .unauthorised, lead: "the credential was not accepted", advice: "check that it is whole and was not revoked")
        case 403: forbidden(answer, problem)
        case 404: Reading(code: .notFound, lead: notFoundLead(call), advice: "")
        case 405 where call.isDeletion: Reading(code: .refused, retryReason: .segmentBusy, lead: "the segment could not be deleted")
        case 429: Reading(code: .throttled, retryReason: .throttled, lead: "too many connections or calls at once", advice: throttleAdvice)
        case 408: Reading(code: .unavailable, retryReason: .unavailable, lead: "the server waited too long for the request")
        case 400..<500: refused(answer, problem, call)
        default: unavailable(answer, problem)
        }
    }

    private static func forbidden(_ answer: HTTPAnswer, _ problem: Problem?) -> Reading {
        guard let problem else {
            if answer.isHTML { return blocked }
            return Reading(
                code: .throttled, retryReason: .throttled, lead: "refused without a word, as under heavy load", advice: throttleAdvice)
        }
        let text = problem.wholeText.lowercased()
        if text.contains("datacenter") || text.contains("data center") {
            return Reading(
                code: .wrongDataCentre, lead: "the key belongs to another data centre",
                advice: "what follows the last dash of the key must be as Mailchimp issued it")
        }
        return Reading(
            code: .forbidden, lead: "not permitted", advice: "the credential's user may lack the role, or the account be disabled")
    }

    private static func unavailable(_ answer: HTTPAnswer, _ problem: Problem?) -> Reading {
        if answer.status == 503 {
            if problem?.title == "Compliance Related" {
                return Reading(code: .forbidden, lead: "the method is closed to this account")
            }
            if problem == nil, answer.isHTML { return blocked }
        }
        return Reading(code: .unavailable, retryReason: .unavailable, lead: "Mailchimp failed to answer the call")
    }

    private static func refused(_ answer: HTTPAnswer, _ problem: Problem?, _ call: Call) -> Reading {
        guard let problem else {
            return Reading(code: .unreadableAnswer, retryReason: .unreadable, lead: "refused without a reason", advice: looks(answer))
        }
        let text = problem.wholeText
        if call.namesASegment, text.contains("already exists") {
            return Reading(
                code: .nameTaken, lead: "the audience has a tag or static segment of that name (case doesn't count)",
                advice: "choose another name, or adopt the segment")
        }
        if text.contains("A Static Segment with an id of") {
            return Reading(
                code: .notStatic, lead: "the segment isn't a static one, so its members can't be set",
                advice: "use another name: saved segments follow conditions")
        }
        let retryReason: RetryReason? = call.isPage && answer.status == 400 ? .pagingGlitch : nil
        return Reading(code: .refused, retryReason: retryReason, lead: "the request was refused")
    }

    private static let blocked = Reading(
        code: .blocked, retryReason: .blocked, lead: "the firewall in front of Mailchimp blocks this machine's address",
        advice: "such a block lasts hours; ask Mailchimp's support with the reference number of the page, or call from elsewhere")

    private static let throttleAdvice = "an account has 10 connections for all its programs: lower `connections`, or run fewer at once"

    private static func notFoundLead(_ call: Call) -> String {
        switch call {
        case .account, .audiences: "there is no Marketing API at this address"
        case .audience, .staticSegments, .createSegment, .contactsChanged: "no such audience, or not one of this account's"
        default: "no such segment in the audience"
        }
    }

    private static func sentence(_ reading: Reading, _ problem: Problem?, _ scrubber: Scrubber) -> String {
        var words = reading.lead
        let detail = [problem?.detail ?? problem?.title].compactMap { $0 }.filter { !$0.isEmpty }.map(scrubber.scrub)
        let fields = (problem?.fields ?? []).map { field in
            (field.name.isEmpty ? "" : field.name + ": ") + scrubber.scrub(field.message)
        }
        let said = detail + fields
        if !said.isEmpty { words += " (Mailchimp says: \(said.joined(separator: "; ")))" }
        return reading.advice.isEmpty ? words : words + "; " + reading.advice
    }

    private static func looks(_ answer: HTTPAnswer) -> String {
        "status \(answer.status), \(answer.body.count) bytes of \(answer.contentType ?? "no stated type")"
    }
}

extension Call {
    /// Method and path, which hold no person's data.
    package var requestLine: String { "\(method) \(path)" }

    fileprivate var isDeletion: Bool {
        if case .deleteSegment = self { true } else { false }
    }

    fileprivate var namesASegment: Bool {
        switch self {
        case .createSegment, .renameSegment: true
        default: false
        }
    }
}

extension HTTPAnswer {
    /// Whether the body is a web page: what a firewall answers instead of the API.
    fileprivate var isHTML: Bool {
        if let contentType, contentType.lowercased().contains("html") { return true }
        return body.first { $0 > 0x20 } == UInt8(ascii: "<")
    }
}
