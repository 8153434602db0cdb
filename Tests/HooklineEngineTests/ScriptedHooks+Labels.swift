import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Support

extension ScriptedHooks {
    /// Hooks whose labels stand in the country's column, with commas between them; none for an empty one.
    static func labelling(
        name: @escaping @Sendable (String, String?) throws -> String = { name, _ in name },
        review: @escaping @Sendable (ReviewedPlan) throws -> ReviewVerdict = { _ in .go }
    ) -> ScriptedHooks {
        ScriptedHooks(
            row: { batch, row in
                guard let labels = batch.columns[2].text(row) else { return .keep }
                return .label(labels.split(separator: ",").map(String.init))
            }, hasBreakdown: true, name: name, review: review)
    }
}

/// Users with one label.
func users(_ numbers: some Sequence<Int>, _ label: String) -> [(String, String)] {
    numbers.map { ("user\($0)@example.com", label) }
}

extension Scenario {
    /// A run whose rows are of (address, labels).
    @discardableResult
    func breakDown(
        _ rows: [(String, String)], options: RunOptions = RunOptions(), breakdown: Breakdown = Breakdown(),
        safeguards: Safeguards = Safeguards(maxRemoved: .percent(100), maxShrunk: .percent(100)), adopt: Bool = false,
        name: @escaping @Sendable (String, String?) throws -> String = { name, _ in name }
    ) async -> RunReport {
        await run(
            rows, options: options, hooks: ScriptedHooks.labelling(name: name), safeguards: safeguards, adopt: adopt, breakdown: breakdown)
    }

    /// The names of all segments at Mailchimp, sorted.
    var segmentNames: [String] { transport.withAccount { $0.segmentViews.map(\.name).sorted() } }
}
