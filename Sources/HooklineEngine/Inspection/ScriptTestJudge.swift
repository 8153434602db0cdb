import HooklineCore

/// Compares a test's outcome with what it expects.
package struct ScriptTestJudge: Sendable {
    private let test: ScriptTest
    private let outcome: ScriptTestOutcome

    package init(_ test: ScriptTest, _ outcome: ScriptTestOutcome) {
        self.test = test
        self.outcome = outcome
    }

    /// The differences, each in a few lines; empty if the test passes.
    package func differences() -> [String] {
        let expected = test.expectation
        if let error = outcome.error {
            guard let pattern = expected.error else { return ["failed: \(error.text)"] }
            return (matches(error.text, pattern) ? [] : ["error: expected \(pattern), got: \(error.text)"]) + words(expected)
        }
        if let pattern = expected.error { return ["error: expected \(pattern), and there was none"] }
        return names(expected) + people(expected) + counts(expected) + mappings(expected) + words(expected) + ends(expected)
    }

    // MARK: Names and people

    private func names(_ expected: ScriptTest.Expectation) -> [String] {
        var found: [String] = []
        let segments = outcome.plan?.segments ?? []
        if let name = expected.name {
            let own = segments.first { $0.key.label == nil } ?? (segments.count == 1 ? segments.first : nil)
            if own?.name != name { found.append("name: expected '\(name)', got \(own.map { "'\($0.name)'" } ?? "no segment")") }
        }
        for (label, name) in (expected.names ?? [:]).sorted(by: { $0.key < $1.key }) {
            let got = segments.first { $0.key.label == label }?.name
            if got != name { found.append("name of label '\(label)': expected '\(name)', got \(got.map { "'\($0)'" } ?? "no segment")") }
        }
        return found
    }

    private func people(_ expected: ScriptTest.Expectation) -> [String] {
        let segments = outcome.plan?.segments ?? []
        var found: [String] = []
        if let added = expected.added { found += compare("added", added, TestPeople(segments.flatMap { contacts(in: $0.adds.rest) })) }
        if let removed = expected.removed {
            found += compare("removed", removed, TestPeople(segments.flatMap { $0.removes.rest.addresses(0..<$0.removes.count) }))
        }
        if let members = expected.members { found += compare("members", members, membersAfter(nil)) }
        for (label, members) in (expected.membersOf ?? [:]).sorted(by: { $0.key < $1.key }) {
            found += compare("members of label '\(label)'", members, membersAfter(label))
        }
        if let labels = expected.labels { found += compare(labels: labels) }
        return found
    }

    private func membersAfter(_ label: String?) -> TestPeople {
        var members = TestPeople(test.members[label] ?? [])
        guard let segment = outcome.plan?.segments.first(where: { $0.key.label == label }) else { return members }
        members.remove(segment.removes.rest.addresses(0..<segment.removes.count))
        if case .delete = segment.action { members = TestPeople() }
        members.add(contacts(in: segment.adds.rest))
        return members
    }

    private func compare(labels expected: [String: [String]]) -> [String] {
        var got: [String: TestPeople] = [:]
        for fate in outcome.fates {
            guard fate.verdict == .kept, let address = fate.address else { continue }
            for label in fate.labels { got[label, default: TestPeople()].add([address]) }
        }
        var found: [String] = []
        for label in Set(expected.keys).union(got.keys).sorted() {
            if let users = expected[label] {
                found += compare("label '\(label)'", users, got[label] ?? TestPeople())
            } else {
                found.append("label '\(label)': not expected, given to \(listed(got[label] ?? TestPeople()))")
            }
        }
        return found
    }

    private func contacts(in list: AddressList) -> [String] {
        let addresses = list.addresses(0..<list.count)
        guard case .these(let contacts) = test.contacts else { return addresses }
        return addresses.filter { contacts.contains(EmailAddress.compared($0)) }
    }

    private func compare(_ what: String, _ expected: [String], _ got: TestPeople) -> [String] {
        let wanted = TestPeople(expected)
        let missing = wanted.without(got)
        let surplus = got.without(wanted)
        if missing.isEmpty, surplus.isEmpty { return [] }
        let lines =
            missing.prefix(8).map { "  - \(Self.oneLine($0))\(fate(of: $0, isMissing: true))" }
            + surplus.prefix(8).map { "  + \($0)\(fate(of: $0))" }
            + (missing.count + surplus.count > 16 ? ["  and \(missing.count + surplus.count - 16) more"] : [])
        return ["\(what): \(missing.count) missing (-), \(surplus.count) not expected (+)\n" + lines.joined(separator: "\n")]
    }

    /// An address in a test may contain anything.
    private static func oneLine(_ text: String) -> String { text.replacing("\n", with: "\\n").replacing("\r", with: "\\r") }

    /// Why a user is in their bucket.
    private func fate(of address: String, isMissing: Bool = false) -> String {
        let person = EmailAddress.compared(address)
        guard let fate = outcome.fates.first(where: { $0.isOf(person) }) else {
            return "  not in the sample"
        }
        let labels = fate.labels.isEmpty ? "" : ", label \(fate.labels.joined(separator: ", "))"
        let reason = fate.reason.map { [.duplicate, .superseded].contains(fate.verdict) ? " \($0)" : ": \($0)" } ?? ""
        let failure = fate.failure.map { ": \(Self.inOneLine($0))" } ?? ""
        return
            "  row \(fate.row): \(fate.verdict.rawValue)\(reason)\(failure)\(labels)\(location(fate))\(isMissing ? beside(fate, address) : "")"
    }

    /// A script error's location and message, without the script's lines in between.
    private static func inOneLine(_ failure: String) -> String {
        let lines = failure.split(separator: "\n")
        guard lines.count > 1, let location = lines.first, let words = lines.last?.split(separator: "^", maxSplits: 1).last else {
            return lines.first.map(String.init) ?? failure
        }
        return "\(location):\(words)"
    }

    /// Why a user whom the hooks kept does not enter.
    private func beside(_ fate: RowFate, _ address: String) -> String {
        guard fate.verdict == .kept else { return "" }
        let person = EmailAddress.compared(address)
        if let other = fate.address, EmailAddress.compared(other) != person { return ", as \(other)" }
        if test.members.values.contains(where: { $0.map(EmailAddress.compared).contains(person) }) { return ", was a member before" }
        if case .these(let contacts) = test.contacts, !contacts.contains(person) { return ", not among the test's contacts" }
        return ""
    }

    /// The line of the hook that decided; empty if no hook did.
    private func location(_ fate: RowFate, of hooks: Set<String>? = nil) -> String {
        let deciding: Set<String> =
            switch fate.verdict {
            case .kept, .dropped: ["filter", "breakdown"]
            case .noEmail, .badEmail, .noConsent, .duplicate: MappedFields(json: fate.mapping)["email"] == nil ? [] : ["map"]
            case .droppedByRules, .superseded, .badValue: []
            }
        if fate.failure != nil, fate.verdict == .dropped { return "" }
        return fate.locations.last { (hooks ?? deciding).contains($0.hook) }.map { " (\($0.hook), \($0))" } ?? ""
    }

    private func listed(_ people: TestPeople) -> String {
        let addresses = people.addresses
        return addresses.prefix(5).joined(separator: ", ") + (addresses.count > 5 ? " and \(addresses.count - 5) more" : "")
    }

    // MARK: Counts, mappings, words, ends

    private func counts(_ expected: ScriptTest.Expectation) -> [String] {
        guard let plan = outcome.plan else { return [] }
        var found: [String] = []
        if let dropped = expected.dropped {
            let got = plan.buckets.droppedByHook
            for reason in Set(dropped.keys).union(got.keys).sorted() where dropped[reason] ?? 0 != got[reason] ?? 0 {
                found.append("dropped, '\(reason)': expected \(dropped[reason] ?? 0), got \(got[reason] ?? 0)")
            }
        }
        let buckets = named(plan)
        for (name, count) in (expected.buckets ?? [:]).sorted(by: { $0.key < $1.key }) where buckets[name] ?? 0 != count {
            found.append("bucket \(name): expected \(count), got \(buckets[name] ?? 0)")
        }
        if let limit = expected.instructionsPerUser {
            for cost in outcome.costs where cost.instructions > limit {
                found.append(
                    "budget: the most expensive user of \(cost.hook) (\(cost.file)) took \(cost.instructions) instructions, more than \(limit)"
                )
            }
        }
        return found
    }

    /// The buckets after the run, when additions that are not contacts are in another bucket.
    private func named(_ plan: Plan) -> [String: Int] {
        var buckets = plan.buckets
        if case .these(let contacts) = test.contacts {
            let added = Set(plan.segments.flatMap { $0.adds.rest.addresses(0..<$0.adds.count) }.map(EmailAddress.compared))
            buckets.move(added.subtracting(contacts).count, from: \.inSegment, to: \.notAContact)
        }
        let counts: [(Buckets.CodingKeys, Int)] = [
            (.inSegment, buckets.inSegment), (.droppedByRules, buckets.droppedByRules), (.noEmail, buckets.noEmail),
            (.badEmail, buckets.badEmail), (.noConsent, buckets.noConsent), (.duplicate, buckets.duplicate),
            (.superseded, buckets.superseded), (.notAContact, buckets.notAContact),
            (.badValue, buckets.badValue),
        ]
        return Dictionary(uniqueKeysWithValues: counts.map { ($0.0.rawValue, $0.1) })
    }

    private func mappings(_ expected: ScriptTest.Expectation) -> [String] {
        (expected.mapped ?? [:]).sorted { $0.key < $1.key }.flatMap { name, fields -> [String] in
            let person = EmailAddress.compared(name)
            guard let fate = outcome.fates.first(where: { $0.isOf(person) || $0.key == name }) else {
                return ["mapped: the sample has no user '\(name)'"]
            }
            let got = MappedFields(json: fate.mapping)
            return fields.sorted { $0.key < $1.key }.compactMap { field, value in
                got[field] == value
                    ? nil
                    : "mapped, \(name), \(field): expected '\(value)', got \(got[field].map { "'\($0)'" } ?? nothing(fate))\(location(fate, of: ["map"]))"
            }
        }
    }

    private func nothing(_ fate: RowFate) -> String {
        switch fate.verdict {
        case .dropped, .droppedByRules, .superseded: "nothing: row \(fate.row) was \(fate.verdict.rawValue)"
        case .kept, .noEmail, .badEmail, .noConsent, .duplicate, .badValue: "nothing"
        }
    }

    private func words(_ expected: ScriptTest.Expectation) -> [String] {
        var found: [String] = []
        if let pattern = expected.report, !(outcome.note.map { matches($0, pattern) } ?? false) {
            found.append("report: expected \(pattern), got \(outcome.note.map { "'\($0)'" } ?? "nothing")")
        }
        for text in expected.log ?? [] where !outcome.log.contains(where: { matches($0.message, text) }) {
            found.append("log: no line with \(text)" + (outcome.log.isEmpty ? "; there are none" : ""))
        }
        if let warnings = expected.warnings {
            let got = (outcome.plan?.warnings ?? []).map(\.code).sorted()
            if got != warnings.sorted() { found.append("warnings: expected \(warnings.sorted()), got \(got)") }
        }
        return found
    }

    private func ends(_ expected: ScriptTest.Expectation) -> [String] {
        guard let pattern = expected.stopped else {
            return outcome.scriptStop.map { ["stopped, which was not expected: \($0.text)"] } ?? []
        }
        guard let stop = outcome.stop else { return ["stopped: expected \(pattern), and nothing stopped it"] }
        return matches(stop.stopText, pattern) ? [] : ["stopped: expected \(pattern), got: \(stop.text)"]
    }

    /// Whether a text contains another one, or matches `/a pattern/`.
    private func matches(_ text: String, _ pattern: String) -> Bool {
        guard pattern.count > 2, pattern.hasPrefix("/"), pattern.hasSuffix("/") else { return text.contains(pattern) }
        guard let expression = try? Regex(String(pattern.dropFirst().dropLast())) else { return false }
        return text.contains(expression)
    }
}
