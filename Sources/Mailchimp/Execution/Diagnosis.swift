/// What the status and body of an unsuccessful response mean.
struct Diagnosis {
    let code: MailchimpError.Code
    let retryReason: RetryReason?
    /// What happened.
    private let lead: String
    /// What to do about it; empty when there is nothing to say.
    private let advice: String

    private init(_ code: MailchimpError.Code, retry: RetryReason? = nil, _ lead: String, advice: String = "") {
        self.code = code
        retryReason = retry
        self.lead = lead
        self.advice = advice
    }

    init(_ response: HTTPResponse, _ problem: Problem?, _ call: Call) {
        self = Self.read(response, problem, call)
    }

    /// The whole message: what happened, what Mailchimp says, what to do.
    func sentence(quoting problem: Problem?, _ scrubber: Scrubber) -> String {
        var words = lead
        let detail = [problem?.detail ?? problem?.title].compactMap { $0 }.filter { !$0.isEmpty }.map(scrubber.scrub)
        let fields = (problem?.fields ?? []).map { field in
            (field.name.isEmpty ? "" : field.name + ": ") + scrubber.scrub(field.message)
        }
        let quotes = detail + fields
        if !quotes.isEmpty { words += " (Mailchimp says: \(quotes.joined(separator: "; ")))" }
        return advice.isEmpty ? words : words + "; " + advice
    }

    private static func read(_ response: HTTPResponse, _ problem: Problem?, _ call: Call) -> Diagnosis {
        switch response.status {
        case 300..<400: Diagnosis(.refused, "the response is a redirect", advice: "base_url is probably not the address of an API")
        case 401:
            Diagnosis(.unauthorized, "the credential was not accepted", advice: "check that it is complete and has not been revoked")
        case 403: forbidden(response, problem)
        case 404: Diagnosis(.notFound, notFound(call))
        case 405 where call.isDeletion: Diagnosis(.refused, retry: .segmentBusy, "the segment could not be deleted")
        case 408: Diagnosis(.unavailable, retry: .unavailable, "the server waited too long for the request")
        case 429: Diagnosis(.throttled, retry: .throttled, "too many connections or calls at once", advice: throttleAdvice)
        case 400..<500: refused(response, problem, call)
        default: unavailable(response, problem)
        }
    }

    private static func forbidden(_ response: HTTPResponse, _ problem: Problem?) -> Diagnosis {
        guard let problem else {
            if response.isHTML { return blocked }
            return Diagnosis(.throttled, retry: .throttled, "refused without a reason, as under heavy load", advice: throttleAdvice)
        }
        let text = problem.wholeText.lowercased()
        if text.contains("datacenter") || text.contains("data center") {
            return Diagnosis(
                .wrongDataCenter, "the key belongs to another data center",
                advice: "the part after the last dash of the key must be as Mailchimp issued it")
        }
        return Diagnosis(
            .forbidden, "not permitted", advice: "the credential's user may lack the role, or the account may be disabled")
    }

    private static func unavailable(_ response: HTTPResponse, _ problem: Problem?) -> Diagnosis {
        if response.status == 503 {
            if problem?.title == "Compliance Related" { return Diagnosis(.forbidden, "the method is closed to this account") }
            if problem == nil, response.isHTML { return blocked }
        }
        return Diagnosis(.unavailable, retry: .unavailable, "Mailchimp failed to process the call")
    }

    private static func refused(_ response: HTTPResponse, _ problem: Problem?, _ call: Call) -> Diagnosis {
        guard let problem else {
            return Diagnosis(.unreadableResponse, retry: .unreadable, "refused without a reason", advice: response.summary)
        }
        let text = problem.wholeText
        if call.namesASegment, text.contains("already exists") {
            return Diagnosis(
                .nameTaken, "the audience already has a tag or static segment of that name (case doesn't count)",
                advice: "choose another name, or adopt the segment")
        }
        if text.contains("A Static Segment with an id of") {
            return Diagnosis(
                .notStatic, "the segment is not static, so its members can't be set",
                advice: "use another name: saved segments follow conditions")
        }
        return Diagnosis(.refused, retry: call.isPage && response.status == 400 ? .pagingGlitch : nil, "the request was refused")
    }

    private static let blocked = Diagnosis(
        .blocked, retry: .blocked, "the firewall in front of Mailchimp blocks this machine's address",
        advice: "such a block lasts hours; give Mailchimp's support the reference number of the page, or call from another machine")

    private static let throttleAdvice = "an account has 10 connections for all its programs: lower `connections`, or run fewer at once"

    private static func notFound(_ call: Call) -> String {
        switch call {
        case .account, .audiences: "there is no Marketing API at this address"
        case .audience, .segments, .createSegment, .contactsChanged: "the account has no such audience"
        case .contact: "the audience has no such contact"
        default: "the audience has no such segment"
        }
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

extension HTTPResponse {
    /// Whether the body is a web page: what a firewall sends instead of the API.
    fileprivate var isHTML: Bool {
        if let contentType, contentType.lowercased().contains("html") { return true }
        return body.first { $0 > 0x20 } == UInt8(ascii: "<")
    }
}
