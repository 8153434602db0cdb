/// Turns replies, problems, and faults into answers with status, headers, body, and delivery.
struct AnswerComposer {
    var dataCentre: String
    /// The `X-Request-Id`, which a problem repeats as its `instance`.
    var instance: String

    func success(_ reply: Reply) -> SimulatedAnswer {
        guard let body = reply.body else { return SimulatedAnswer(status: 204, headers: headers(type: nil, schema: nil), body: []) }
        return SimulatedAnswer(status: 200, headers: headers(type: "application/json; charset=utf-8", schema: "Response"), body: body)
    }

    func problem(_ problem: Problem) -> SimulatedAnswer {
        var headers = headers(type: "application/problem+json; charset=utf-8", schema: "ProblemDetailDocument")
        if !problem.allow.isEmpty { headers.append(("Allow", problem.allow.joined(separator: ", "))) }
        return SimulatedAnswer(status: problem.status, headers: headers, body: problem.body(instance: instance))
    }

    /// An answer without a body, as under very high load.
    func plain(status: Int) -> SimulatedAnswer {
        SimulatedAnswer(status: status, headers: headers(type: nil, schema: nil), body: [])
    }

    /// A page from the firewall in front of the API: no JSON, no request ID.
    private func html(status: Int) -> SimulatedAnswer {
        let page = """
            <HTML><HEAD><TITLE>Request Blocked</TITLE></HEAD><BODY>
            <H1>Request Blocked</H1>
            The simulated firewall refused this request.<P>Reference Number: 18.\(instance.prefix(8))</P>
            </BODY></HTML>

            """
        return SimulatedAnswer(status: status, headers: [("Server", "AkamaiGHost"), ("Content-Type", "text/html")], body: Array(page.utf8))
    }

    private func headers(type: String?, schema: String?) -> [(name: String, value: String)] {
        var headers = [
            (name: "Server", value: "openresty"), (name: "X-Request-Id", value: instance), (name: "Vary", value: "Accept-Encoding"),
        ]
        if let type { headers.append(("Content-Type", type)) }
        if let schema {
            headers.append(("Link", "<https://\(dataCentre).api.mailchimp.com/schema/3.0/Definitions/\(schema).json>; rel=\"describedBy\""))
        }
        return headers
    }
}

extension AnswerComposer {
    /// The answer for a fault that keeps the request from taking effect; nil for the other faults.
    func refusal(_ kind: SimulatorOptions.Fault.Kind, _ operation: Operation?) -> SimulatedAnswer? {
        switch kind {
        case .tooManyRequests: problem(.tooManyRequests)
        case .internalError: problem(.internalError)
        case .unavailable: problem(.unavailable)
        case .pageRefused: problem(.badRequest)
        case .deleteRefused: problem(.methodNotAllowed(allow: ["GET", "PUT"]))
        case .htmlForbidden: html(status: 403)
        case .htmlUnavailable: html(status: 503)
        case .dropped: plain(status: 0)
        case .lost, .timeout, .slow, .lie: nil
        }
    }

    /// Applies a fault to an answer: what the client sees of it, and when.
    func shape(_ answer: inout SimulatedAnswer, _ fault: SimulatorOptions.Fault) {
        answer.fault = fault.kind
        switch fault.kind {
        case .dropped: answer.delivery = .dropped
        case .lost: answer.delivery = .lost
        case .timeout:
            answer.delivery = .lost
            answer.serverTime = fault.duration
        case .slow: answer.serverTime += fault.duration
        default: break
        }
    }
}
