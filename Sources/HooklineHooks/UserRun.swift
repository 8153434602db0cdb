import HooklineCore
import Lua

/// Takes batches of users through `map` and `filter`.
final class UserRun {
    /// Says what a failed row means: returns whether to go on as if the hook were absent, or throws.
    typealias OnFailure = (_ error: LuaError, _ row: String, _ hook: String) throws -> Bool

    private let machine: LuaMachine
    private let hooks: [LoadedScripts.Hook]
    private let keyColumn: Int?
    private let keyName: String
    private var outcome: LuaOutcome
    /// The host's own reason first, then the machine's in its order.
    private var reasonTexts = ["script error"]

    init(_ scripts: LoadedScripts, columns: [Column], primaryKey: String?) throws(LuaError) {
        machine = scripts.machine
        hooks = scripts.userHooks
        keyColumn = columns.firstIndex { $0.name == primaryKey }
        keyName = primaryKey ?? ""
        outcome = try LuaOutcome(rowCapacity: RecordBatch.usualRows, outputs: 1)
        try machine.prepareBatches(
            fields: columns.map(\.name),
            steps: hooks.map { LuaStep($0.name == "map" ? .map : .filter, $0.function) },
            outputs: ["email"]
        )
    }

    func process(_ batch: RecordBatch, selection: [UInt8], into verdicts: inout HookVerdicts, onFailure: OnFailure) throws {
        if hooks.isEmpty {
            for row in 0..<batch.count where selection[row] != 0 { verdicts.verdicts[row] = .kept }
            return
        }
        if batch.count > outcome.rowCapacity { outcome = try LuaOutcome(rowCapacity: batch.count, outputs: 1) }
        outcome.reset()
        try batch.withLuaBatch(selection: selection) { luaBatch in
            while let error = failure(luaBatch) {
                let row = error.row ?? 0
                let step = error.step ?? 0
                let hook = step < hooks.count ? hooks[step].name : "a hook"
                if try onFailure(error, describe(row, of: batch), hook) {
                    outcome.resume(row: row, without: step)
                } else {
                    outcome.resume(afterFailureOf: row)
                }
            }
        }
        reasonTexts += machine.reasons(from: reasonTexts.count - 1).map(Redaction.redacted)
        hand(over: batch.count, to: &verdicts)
    }

    private func failure(_ batch: LuaBatch) -> LuaError? {
        do {
            try machine.run(batch, into: outcome)
            return nil
        } catch {
            return error
        }
    }

    /// The row by its number and its primary key; a key that is an address stays out.
    private func describe(_ row: Int, of batch: RecordBatch) -> String {
        let number = "row \(Grouped.text(batch.rowNumbers[row]))"
        guard let keyColumn, let key = batch.columns[keyColumn].described(row), !key.contains("@") else { return number }
        return "\(number) (\(keyName) \(key.prefix(64)))"
    }

    private func hand(over rows: Int, to verdicts: inout HookVerdicts) {
        verdicts.reasonTexts = reasonTexts
        for row in 0..<rows {
            switch outcome.verdict(row) {
            case .leftOut: continue
            case .kept: verdicts.verdicts[row] = .kept
            case .dropped(let reason):
                verdicts.verdicts[row] = .dropped
                verdicts.reasons[row] = Int32(reason + 1)
            case .failed: verdicts.verdicts[row] = .dropped
            }
            switch outcome.mapped(0, row: row) {
            case .absent: continue
            case .cleared: verdicts.addresses[row] = .cleared
            case .text(let bytes):
                let start = verdicts.addressBytes.count
                verdicts.addressBytes.append(contentsOf: bytes)
                verdicts.addresses[row] = .mapped
                verdicts.addressRanges[row] = start..<verdicts.addressBytes.count
            }
        }
    }
}
