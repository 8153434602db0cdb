/// A Mailchimp account without a network, which answers requests immediately and deterministically.
///
/// It has no clock, no socket, and no task. What looks random follows from the seed and the order of requests; the time comes
/// with each request. ``SimulatorServer`` serves it over HTTP; a simulation can drive it directly.
///
/// Its behavior is that of the Marketing API 3.0, according to the reference and the error glossary at mailchimp.com/developer
/// and published recordings. Where these are silent, ``SimulatorOptions/Behaviour`` offers a choice.
package struct SimulatedAccount: Sendable {
    /// How the account behaves. `contacts` is empty, because they are in the audience now.
    package let options: SimulatorOptions
    /// The calls so far.
    package private(set) var journal = Journal()
    /// What was in the contacts file; nil without one.
    package private(set) var contactsFile: ContactsFile.Summary?

    private(set) var audiences: [Audience]
    private var dice: FaultDice
    private var random: SplitMix64
    /// The number of requests that have begun and not ended.
    package private(set) var openRequests = 0
    private let credentials: Credentials

    /// Creates the account that the options describe.
    ///
    /// - Throws: ``SimulatorError`` `simulator.bad_contacts` for a mistake in the contacts file, and `simulator.bad_request` for one
    ///   in the given contacts.
    package init(_ options: SimulatorOptions) throws(SimulatorError) {
        var kept = options
        kept.contacts = .these([])
        self.options = kept
        credentials = Credentials(key: options.key, token: options.token)
        dice = FaultDice(faults: options.faults, seed: options.seed ^ 0xfa17)
        random = SplitMix64(seed: options.seed)
        audiences = [Audience(id: options.audience, name: options.audienceName, firstSegmentID: 1001)]
        for (index, id) in options.otherAudiences.enumerated() {
            audiences.append(Audience(id: id, name: "Audience \(id)", firstSegmentID: 100_001 + index * 100_000))
        }
        switch options.contacts {
        case .seeded(let count, let mix): SeededContacts.fill(&audiences[0].contacts, count: count, mix: mix, seed: options.seed)
        case .file(let file): contactsFile = try file.fill(&audiences[0].contacts)
        case .these(let contacts): for contact in contacts { try put(contact.address, contact.status, at: .beginning) }
        }
    }

    /// Begins a request and ends it at once, however long its `serverTime` is.
    package mutating func answer(to request: SimulatedRequest) -> SimulatedAnswer {
        let answer = begin(request)
        end()
        return answer
    }

    /// Carries out a request and answers it.
    ///
    /// The request holds one of the account's connections until ``end()``, which the caller owes once the answer's `serverTime` is over.
    package mutating func begin(_ request: SimulatedRequest) -> SimulatedAnswer {
        openRequests += 1
        journal.opened(openRequests)
        let endpoint = Endpoint(path: request.path)
        let operation = endpoint.map { Operation(method: request.effectiveMethod, endpoint: $0) }
        var effect = Effect()
        let answer = compose(request, operation, &effect)
        journal.record(operation, request, answer, effect)
        return answer
    }

    /// Releases the connection of a request.
    package mutating func end() {
        openRequests -= 1
    }

    /// Makes a fault certain for the next request that it can hit, whatever its rate.
    ///
    /// - Parameters:
    ///   - fault: what goes wrong.
    ///   - operation: the only operation that it hits, such as `POST /lists/{list_id}/segments`; nil for any.
    package mutating func arrange(_ fault: SimulatorOptions.Fault, for operation: String? = nil) {
        dice.arrange(fault, for: operation)
    }
}

extension SimulatedAccount {
    private mutating func compose(_ request: SimulatedRequest, _ operation: Operation?, _ effect: inout Effect) -> SimulatedAnswer {
        let composer = AnswerComposer(dataCentre: options.dataCentre, instance: nextInstance())
        guard openRequests <= options.connectionLimit else {
            journal.refusedForConcurrency += 1
            return options.behaviour.plainRefusals ? composer.plain(status: 429) : composer.problem(.tooManyRequests)
        }
        let fault = operation.flatMap { dice.roll($0) }
        var answer = fault.flatMap { composer.refusal($0.kind, operation) } ?? serve(request, operation, fault, composer, &effect)
        answer.serverTime += cost(request, operation, effect)
        if let fault { composer.shape(&answer, fault) }
        return answer
    }

    private mutating func serve(
        _ request: SimulatedRequest, _ operation: Operation?, _ fault: SimulatorOptions.Fault?, _ composer: AnswerComposer,
        _ effect: inout Effect
    ) -> SimulatedAnswer {
        do throws(Problem) {
            try credentials.check(request.authorization)
            guard let operation else { throw Problem.notFound }
            guard operation.endpoint.methods.contains(operation.method) else {
                throw Problem.methodNotAllowed(allow: operation.endpoint.methods)
            }
            var exchange = Exchange(
                operation: operation, query: request.query, body: request.body, now: request.arrival, apiRoot: request.apiRoot,
                options: options, chance: random.next(), lies: fault?.kind == .lie)
            defer { effect = exchange.effect }
            return composer.success(try route(&exchange))
        } catch {
            return composer.problem(error)
        }
    }

    private mutating func route(_ exchange: inout Exchange) throws(Problem) -> Reply {
        switch exchange.operation.endpoint {
        case .ping: return .json { $0.field("health_status", "Everything's Chimpy!", of: .everything) }
        case .root: return root(exchange)
        case .audiences: return try listAudiences(&exchange)
        case .batches: throw .notSimulated("batch operations")
        case .webhooks: throw .notSimulated("webhooks")
        default:
            guard let index = audiences.firstIndex(where: { $0.id == exchange.operation.endpoint.audience }) else { throw .notFound }
            return try audiences[index].answer(&exchange)
        }
    }

    private func cost(_ request: SimulatedRequest, _ operation: Operation?, _ effect: Effect) -> Duration {
        guard let operation, let costs = options.costs else { return options.latency }
        return options.latency + costs.time(operation, query: request.query, effect: effect)
    }

    /// A UUID that follows from the seed.
    private mutating func nextInstance() -> String {
        let digits = String(decoding: random.next().hexadecimalDigits + random.next().hexadecimalDigits, as: UTF8.self)
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }
}

extension SimulatedRequest {
    /// The base of the answer's links.
    var apiRoot: String { "http://\(host)/3.0" }
}

extension SimulatedAccount {
    /// Adds a contact to the first audience, or changes its state, without a call.
    ///
    /// - Throws: ``SimulatorError`` `simulator.bad_request` for a malformed address.
    package mutating func put(_ address: String, _ status: ContactStatus, at instant: SimulatedInstant) throws(SimulatorError) {
        let bytes = EmailAddress.trimmed(address.utf8)
        guard EmailAddress.isPlausible(bytes) else {
            throw SimulatorError(.badRequest, at: "contacts", "an address is malformed; it must look like name@example.com")
        }
        audiences[0].contacts.put(bytes, status: status, at: instant.storedSeconds)
    }

    /// The state of a contact of the first audience; nil for an unknown address.
    package func status(of address: String) -> ContactStatus? {
        audiences[0].contacts.find(address: address.utf8).map { audiences[0].contacts.status(of: $0) }
    }

    /// Answers `/oauth2/metadata`, which is outside the API and uses none of its connections.
    ///
    /// An unknown token gets a 200 with `error` and `error_description`, as clients report of Mailchimp.
    package func metadata(_ request: SimulatedRequest) -> SimulatedAnswer {
        let composer = AnswerComposer(dataCentre: options.dataCentre, instance: "00000000-0000-0000-0000-000000000000")
        guard credentials.accepts(token: request.authorization) else {
            return composer.success(
                .json { writer in
                    writer.field("error", "invalid_token", of: .everything)
                    writer.field("error_description", "The access token is unknown.", of: .everything)
                })
        }
        return composer.success(
            .json { writer in
                writer.field("dc", options.dataCentre, of: .everything)
                writer.field("role", "owner", of: .everything)
                writer.field("accountname", "Simulated account", of: .everything)
                writer.field("user_id", 1, of: .everything)
                writer.field("login_url", "http://\(request.host)", of: .everything)
                writer.field("api_endpoint", "http://\(request.host)", of: .everything)
            })
    }
}
