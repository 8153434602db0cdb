import Foundation
import Text

extension VerdictStore {
    /// Looks at what the activations of a ledger remember.
    ///
    /// - Parameters:
    ///   - ledger: the ledger beside which the files are.
    ///   - activations: those of the workspace; what others remember is of no use.
    ///   - repairs: whether to delete files that are of no use.
    /// - Returns: a finding for each file; none without any.
    package static func examine(besides ledger: SQLiteLedger, activations: Set<String>, repairs: Bool) -> [LedgerFinding] {
        let folder = "\(ledger.path)-verdicts"
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        return names.filter { !$0.hasSuffix(".new") }.map { name in
            guard activations.contains(name) else { return useless(name, "the workspace has no such activation", ledger, repairs) }
            guard let file = try? VerdictFile.open("\(folder)/\(name)"), (0..<file.blocks).allSatisfy({ file.rows(ofBlock: $0) != nil })
            else { return useless(name, "the file is damaged, so the next run asks the hooks about every row", ledger, repairs) }
            return LedgerFinding("verdicts", .fine, "\(name): \(NumberText.counted(file.end.rows, "row is", "rows are")) remembered")
        }
    }

    private static func useless(_ name: String, _ why: String, _ ledger: SQLiteLedger, _ repairs: Bool) -> LedgerFinding {
        guard repairs else { return LedgerFinding("verdicts", .warning, "\(name): \(why); --repair deletes it") }
        forget(name, besides: ledger)
        return LedgerFinding("verdicts", .repaired, "\(name): \(why); deleted")
    }
}
