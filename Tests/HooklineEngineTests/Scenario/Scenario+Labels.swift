import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Support

extension ScriptedHooks {
    /// Hooks whose labels are in the country's column, with commas between them; none for an empty one.
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

extension Scenario {
    /// A run whose rows are of (address, labels).
    @discardableResult
    func breakDown(
        _ rows: [(String, String)], _ setup: Setup = Setup(),
        name: @escaping @Sendable (String, String?) throws -> String = { name, _ in name }
    ) async -> RunReport {
        var setup = setup
        setup.hooks = ScriptedHooks.labelling(name: name)
        return await run(rows, setup)
    }

    /// The names of all segments at Mailchimp, sorted.
    var segmentNames: [String] { transport.withAccount { $0.segmentViews.map(\.name).sorted() } }
}
