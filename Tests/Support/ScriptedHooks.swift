import HooklineCore

/// Hooks as Swift closures.
package final class ScriptedHooks: HookHost {
    /// What a row's hooks say: keep, keep with another address, or drop with a reason.
    package enum Answer: Sendable {
        case keep
        case keepAs(String)
        case clear
        case drop(String)
    }

    package typealias RowHook = @Sendable (_ batch: RecordBatch, _ row: Int) throws -> Answer

    private let row: RowHook
    private let naming: @Sendable (String) throws -> String
    private let reviewing: @Sendable (ReviewedPlan) throws -> ReviewVerdict
    private let reporting: @Sendable (RunReport) throws -> String?

    package init(
        row: @escaping RowHook = { _, _ in .keep }, name: @escaping @Sendable (String) throws -> String = { $0 },
        review: @escaping @Sendable (ReviewedPlan) throws -> ReviewVerdict = { _ in .go },
        report: @escaping @Sendable (RunReport) throws -> String? = { _ in nil }
    ) {
        self.row = row
        naming = name
        reviewing = review
        reporting = report
    }

    package let forgivenErrors: (count: Int, samples: [String]) = (0, [])
    package let log: [HookLogLine] = []
    package let hasMap = true

    package func start(columns: [Column], primaryKey: String?, context: HookContext) throws {}

    package func process(_ batch: RecordBatch, selection: [UInt8], into verdicts: inout HookVerdicts) throws {
        verdicts.reset(rows: batch.count)
        for index in 0..<batch.count where selection[index] == 1 {
            verdicts.verdicts[index] = .kept
            switch try row(batch, index) {
            case .keep: break
            case .keepAs(let address):
                let start = verdicts.addressBytes.count
                verdicts.addressBytes.append(contentsOf: address.utf8)
                verdicts.addresses[index] = .mapped
                verdicts.addressRanges[index] = start..<verdicts.addressBytes.count
            case .clear: verdicts.addresses[index] = .cleared
            case .drop(let reason):
                verdicts.verdicts[index] = .dropped
                if !verdicts.reasonTexts.contains(reason) { verdicts.reasonTexts.append(reason) }
                verdicts.reasons[index] = Int32(verdicts.reasonTexts.firstIndex(of: reason) ?? 0)
            }
        }
    }

    package func name(segment: String, label: String?) throws -> String { try naming(segment) }
    package func review(_ plan: ReviewedPlan) throws -> ReviewVerdict { try reviewing(plan) }
    package func report(_ report: RunReport) throws -> String? { try reporting(report) }
}
