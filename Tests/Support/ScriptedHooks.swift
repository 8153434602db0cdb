import HooklineCore
import Synchronization

/// A `HookHost` whose hooks are Swift closures.
package final class ScriptedHooks: HookHost {
    /// What the hooks decide about a row.
    package enum Answer: Sendable {
        case keep
        case keepAs(String)
        case clear
        case drop(String)
        /// Keeps the row, with these labels.
        case label([String])
    }

    package typealias RowHook = @Sendable (_ batch: RecordBatch, _ row: Int) throws -> Answer

    private let underWay = Mutex<[UserBatch]>([])
    private let reasons = Mutex<[String]>([])
    private let labels = Mutex<[String]>([])
    private let row: RowHook
    private let naming: @Sendable (String, String?) throws -> String
    private let reviewing: @Sendable (ReviewedPlan) throws -> ReviewVerdict
    private let reporting: @Sendable (RunReport) throws -> String?

    package init(
        row: @escaping RowHook = { _, _ in .keep }, hasBreakdown: Bool = false,
        name: @escaping @Sendable (String, String?) throws -> String = { name, _ in name },
        review: @escaping @Sendable (ReviewedPlan) throws -> ReviewVerdict = { _ in .go },
        report: @escaping @Sendable (RunReport) throws -> String? = { _ in nil }
    ) {
        self.row = row
        self.hasBreakdown = hasBreakdown
        naming = name
        reviewing = review
        reporting = report
    }

    package let forgivenErrors: (count: Int, samples: [String]) = (0, [])
    package let log: [HookLogLine] = []
    package let costs: [HookCost] = []
    package let warnings: [RunWarning] = []
    package let hasMap = true
    package let hasBreakdown: Bool

    package func start(columns: [Column], primaryKey: String?, context: HookContext) throws {}

    private let over = Mutex<@Sendable () -> Bool>({ false })
    /// The current answer of the check that was set last; the closures never ask for it.
    package var isCancelled: Bool { over.withLock { $0 }() }
    package func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { over.withLock { $0 = isCancelled } }

    package let depth = 3

    package func submit(_ batch: inout UserBatch) throws {
        underWay.withLock { waiting in
            waiting.append(batch)
            batch = UserBatch(columns: batch.records.columns.map(\.column))
        }
    }

    package func collect(_ batch: inout UserBatch) throws {
        batch = underWay.withLock { $0.removeFirst() }
        try decide(batch.records, batch.selection, &batch.verdicts)
    }

    private func decide(_ batch: RecordBatch, _ selection: [UInt8], _ verdicts: inout HookVerdicts) throws {
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
                verdicts.reasons[index] = Int32(number(of: reason, in: reasons))
            case .label(let names):
                let start = verdicts.labelNumbers.count
                for name in names { verdicts.labelNumbers.append(Int32(number(of: name, in: labels))) }
                verdicts.labelRanges[index] = start..<verdicts.labelNumbers.count
            }
        }
        verdicts.reasonTexts = reasons.withLock { $0 }
        verdicts.labelTexts = labels.withLock { $0 }
    }

    private func number(of text: String, in list: borrowing Mutex<[String]>) -> Int {
        list.withLock { texts in
            if let known = texts.firstIndex(of: text) { return known }
            texts.append(text)
            return texts.count - 1
        }
    }

    package func name(segment: String, label: String?) throws -> String { try naming(segment, label) }
    package func review(_ plan: ReviewedPlan) throws -> ReviewVerdict { try reviewing(plan) }
    package func report(_ report: RunReport) throws -> String? { try reporting(report) }
}
