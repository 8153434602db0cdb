/// What a failed attempt means: the error to report, and whether to try again.
struct ResponseFailure: Error, Sendable {
    /// The error to report when no further attempt is made.
    var error: MailchimpError
    /// Why another attempt may help; nil when it can't.
    var retryReason: RetryReason?
    /// The least pause that the response asked for.
    var requestedPause: Duration?
    /// The halves of a membership call that Mailchimp refused because they hold no contact.
    var unknownHalves: Set<MemberBatch.Half> = []
    /// Whether it holds such a half, and Mailchimp does not say which one.
    var isAboutUnnamedHalf = false

    /// A failure that no further attempt can fix.
    init(_ error: MailchimpError) {
        self.error = error
    }

    /// Reads the response to a call; nil when it is a success.
    init?(_ response: HTTPResponse, to call: Call) {
        guard !(200..<300).contains(response.status) else { return nil }
        let problem = Problem(response.body)
        let diagnosis = Diagnosis(response, problem, call)
        let scrubber = Scrubber(known: call.addresses)
        error = MailchimpError(
            diagnosis.code, diagnosis.sentence(quoting: problem, scrubber), status: response.status, requestID: response.requestID,
            requestLine: call.requestLine, title: problem?.title.map(scrubber.scrub),
            fields: (problem?.fields ?? []).map { .init(name: $0.name, message: scrubber.scrub($0.message)) })
        retryReason = diagnosis.retryReason
        requestedPause = response.retryAfterSeconds.map { .seconds(max($0, 0)) }
        if diagnosis.code == .refused, case .changeMembers = call {
            unknownHalves = problem?.unknownHalves ?? []
            isAboutUnnamedHalf = problem?.isAboutUnnamedHalf ?? false
        }
    }

    /// A successful response that can't be read.
    init(unreadable response: HTTPResponse, reason: String, requestLine: String) {
        error = MailchimpError(
            .unreadableResponse, "\(reason); \(response.summary)", status: response.status, requestID: response.requestID,
            requestLine: requestLine)
        retryReason = .unreadable
    }

    /// No complete response.
    init(_ failure: TransportFailure, requestLine: String) {
        let (code, message, retryReason): (MailchimpError.Code, String, RetryReason?) =
            switch failure {
            case .unreachable(let reason):
                (.unreachable, "no connection (\(reason)); check the network, and base_url if it is set", .unreachable)
            case .connectionLost(let reason): (.connectionLost, "the connection broke before the response was complete (\(reason))", .lost)
            case .timedOut: (.timedOut, "no complete response in time; Mailchimp may still carry out the call", .timedOut)
            case .tls(let reason):
                (.tls, "no secure connection (\(reason)); check this machine's clock, its certificates and any proxy in between", nil)
            case .responseTooLarge(let limit):
                (.unreadableResponse, "the response is larger than \(limit) bytes, which no response from Mailchimp is", .unreadable)
            }
        error = MailchimpError(code, message, requestLine: requestLine)
        self.retryReason = retryReason
    }
}

extension HTTPResponse {
    /// The shape of the response, without its content.
    var summary: String { "status \(status), \(body.count) bytes of \(contentType ?? "no stated type")" }
}
