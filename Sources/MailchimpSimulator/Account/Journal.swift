/// What the account was asked, for tests and for people who watch.
///
/// It counts; it holds no addresses.
package struct Journal: Codable, Equatable, Sendable {
    /// A call that could change something.
    package struct Mutation: Codable, Equatable, Sendable {
        /// The number of the call, from 1, counted over all calls.
        package var call: Int
        /// Method and resource: `POST /lists/{list_id}/segments/{segment_id}`.
        package var operation: String
        /// Path and query as sent.
        package var target: String
        /// When it arrived: ISO 8601.
        package var arrival: String
        /// Addresses asked to be added, and added.
        package var addressesToAdd: Int
        package var added: Int
        /// Addresses asked to be removed, and removed.
        package var addressesToRemove: Int
        package var removed: Int
        /// The status of the answer, also when the client didn't get to see it.
        package var status: Int
        /// What became of the connection.
        package var delivery: SimulatedAnswer.Delivery
        /// The fault it met.
        package var fault: SimulatorOptions.Fault.Kind?
    }

    /// How many mutations are kept; later ones are only counted.
    package static let mutationLimit = 20_000

    /// All calls below `/3.0`, refused ones too.
    package var total = 0
    /// Calls by operation, as the reference writes it: `GET /lists/{list_id}/members`.
    package var calls: [String: Int] = [:]
    /// Answers by status; `lost` and `dropped` for those that the client didn't see.
    package var answers: [String: Int] = [:]
    /// Faults by kind.
    package var faults: [String: Int] = [:]
    /// The most requests that were open at once, refused ones included.
    package var highestConcurrency = 0
    /// Requests refused because too many were open.
    package var refusedForConcurrency = 0
    /// The most addresses in one `members_to_add` or `static_segment`.
    package var mostAddressesToAdd = 0
    /// The most addresses in one `members_to_remove`.
    package var mostAddressesToRemove = 0
    /// Contacts that came to be through the API. A tool for segments leaves this at 0.
    package var contactsCreatedThroughAPI = 0
    /// Contacts changed, archived or deleted through the API. A tool for segments leaves this at 0.
    package var contactsChangedThroughAPI = 0
    /// Every call that could change something, in the order of arrival.
    package var mutations: [Mutation] = []
    /// Mutations beyond the limit.
    package var mutationsLeftOut = 0

    /// An empty journal.
    package init() {}

    /// How often an operation was called.
    package func count(_ operation: String) -> Int { calls[operation, default: 0] }
}

extension Journal {
    mutating func opened(_ openRequests: Int) {
        total += 1
        highestConcurrency = max(highestConcurrency, openRequests)
    }

    mutating func record(_ operation: Operation?, _ request: SimulatedRequest, _ answer: SimulatedAnswer, _ effect: Effect) {
        let name = operation?.name ?? "\(request.method) (unknown)"
        calls[name, default: 0] += 1
        answers[answer.delivery == .answered ? String(answer.status) : answer.delivery.rawValue, default: 0] += 1
        if let fault = answer.fault { faults[fault.rawValue, default: 0] += 1 }
        mostAddressesToAdd = max(mostAddressesToAdd, effect.addressesToAdd)
        mostAddressesToRemove = max(mostAddressesToRemove, effect.addressesToRemove)
        contactsCreatedThroughAPI += effect.contactsCreated
        contactsChangedThroughAPI += effect.contactsChanged
        guard request.effectiveMethod != "GET" else { return }
        guard mutations.count < Self.mutationLimit else {
            mutationsLeftOut += 1
            return
        }
        mutations.append(
            Mutation(
                call: total, operation: name, target: request.target, arrival: request.arrival.text,
                addressesToAdd: effect.addressesToAdd, added: effect.added,
                addressesToRemove: effect.addressesToRemove, removed: effect.removed,
                status: answer.status, delivery: answer.delivery, fault: answer.fault))
    }
}
