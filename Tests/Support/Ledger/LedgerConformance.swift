import HooklineCore

/// The promises of the `Ledger` protocol, as checks that run on any implementation.
///
///     @Test(arguments: LedgerConformance.checks) func keepsThePromise(_ check: LedgerConformance.Check) throws {
///         try check.run(LedgerConformance.Subject(ledger) { … })
///     }
package enum LedgerConformance {
    /// An empty ledger, and a way to reopen it.
    package struct Subject {
        package let ledger: any Ledger
        /// Simulates the death of the process that has the ledger open, and opens the same ledger again.
        package let reopenAfterDeath: () throws -> any Ledger

        package init(_ ledger: any Ledger, reopenAfterDeath: @escaping () throws -> any Ledger) {
            self.ledger = ledger
            self.reopenAfterDeath = reopenAfterDeath
        }
    }

    /// One promise.
    package struct Check: Sendable, CustomStringConvertible {
        /// The promise, as a sentence.
        package let description: String
        private let body: @Sendable (Subject) throws -> Void

        init(_ description: String, _ body: @escaping @Sendable (Subject) throws -> Void) {
            self.description = description
            self.body = body
        }

        /// Checks the promise.
        ///
        /// - Throws: `Broken`, which says which expectation failed, or an error of the ledger.
        package func run(_ subject: Subject) throws { try body(subject) }
    }

    /// A broken promise.
    package struct Broken: Error, CustomStringConvertible {
        package let description: String
    }

    /// All promises; each needs its own ledger.
    package static let checks =
        segmentChecks + memberChecks + countChecks + changeChecks + refusalChecks + runChecks + moveChecks

    static func expect(_ isTrue: Bool, _ what: String) throws {
        guard isTrue else { throw Broken(description: what) }
    }

    static func expectEqual<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) throws {
        guard found == expected else { throw Broken(description: "\(what): found \(found), expected \(expected)") }
    }

    static func expectThrows(_ what: String, _ body: () throws -> Void) throws {
        do { try body() } catch { return }
        throw Broken(description: what)
    }

    static func key(_ activation: String = "vip", label: String? = nil, audience: String = "a1") -> SegmentKey {
        SegmentKey(endpoint: "https://us21.example.com/3.0", audience: audience, activation: activation, label: label)
    }

    static func addresses(_ numbers: some Sequence<Int>) -> AddressList {
        var list = AddressList()
        for number in numbers { list.append("user\(number)@example.com") }
        return list
    }

    /// The state of each member of a segment, by address.
    static func members(of segment: LedgerSegment, in ledger: any Ledger) throws -> [String: MemberState] {
        var states: [SubscriberHash: MemberState] = [:]
        try ledger.forEachMember(of: segment) { states[$0] = $1 }
        let list = try ledger.addresses(of: states.keys.sorted(), in: segment)
        try expectEqual(list.count, states.count, "every member has an address")
        var named: [String: MemberState] = [:]
        for index in 0..<list.count { named[list[index]] = states[list.hashes[index]] }
        return named
    }
}
