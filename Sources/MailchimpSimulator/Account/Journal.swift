/// A record of the calls that the account received, for tests and for people who watch.
///
/// It holds counts and the targets of calls that change something, but no request bodies.
package struct Journal: Codable, Equatable, Sendable {
    /// A call with a method other than GET.
    package struct Mutation: Codable, Equatable, Sendable {
        /// The number of the call among all calls, from 1.
        package var call: Int
        /// Method and resource: `POST /lists/{list_id}/segments/{segment_id}`.
        package var operation: String
        /// Path and query, as sent.
        package var target: String
        /// When it arrived, in ISO 8601.
        package var arrival: String
        /// The number of addresses to add.
        package var addressesToAdd: Int
        /// The number of members that were added.
        package var added: Int
        /// The number of addresses to remove.
        package var addressesToRemove: Int
        /// The number of members that were removed.
        package var removed: Int
        /// The status of the answer, even if the client did not get to see it.
        package var status: Int
        /// Whether the client received the answer.
        package var delivery: SimulatedAnswer.Delivery
        /// The fault that hit the call, if any.
        package var fault: SimulatorOptions.Fault.Kind?
    }

    /// The most mutations that are kept; later ones are only counted.
    package static let mutationLimit = 20_000

    /// All calls, including refused ones. The simulator's own pages are not counted.
    package var total = 0
    /// Calls by operation, named as in Mailchimp's reference: `GET /lists/{list_id}/members`.
    package var calls: [String: Int] = [:]
    /// Answers by status, or under `lost` or `dropped` if the client did not see them.
    package var answers: [String: Int] = [:]
    /// Faults by kind.
    package var faults: [String: Int] = [:]
    /// The most requests that were open at once, including refused ones.
    package var highestConcurrency = 0
    /// Requests that were refused because too many were open.
    package var refusedForConcurrency = 0
    /// The most addresses in one `members_to_add` or `static_segment`.
    package var mostAddressesToAdd = 0
    /// The most addresses in one `members_to_remove`.
    package var mostAddressesToRemove = 0
    /// Contacts that were created through the API. A tool for segments leaves this at 0.
    package var contactsCreatedThroughAPI = 0
    /// Contacts that were changed, archived, or deleted through the API. A tool for segments leaves this at 0.
    package var contactsChangedThroughAPI = 0
    /// Calls with a method other than GET, in the order of arrival; at most ``mutationLimit``.
    package var mutations: [Mutation] = []
    /// The number of mutations beyond ``mutationLimit``.
    package var mutationsLeftOut = 0

    package init() {}

    /// How often an operation, such as `GET /lists/{list_id}/members`, was called.
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
