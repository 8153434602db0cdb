import HooklineCore
import Lua
import Text

/// What happens when a script fails: the error that people read, and whether the run continues without the hook or without the user.
final class ScriptFailures {
    private let package: ScriptPackage
    private let settings: HookSettings
    private(set) var forgiven: ForgivenErrors
    /// Whether a machine is of no further use.
    private(set) var isBroken = false
    /// The column that names a row in messages; nil without a primary key.
    var key: (column: Int, name: String)?

    init(_ package: ScriptPackage, settings: HookSettings) {
        self.package = package
        self.settings = settings
        forgiven = ForgivenErrors(allowed: settings.safeguards.maxScriptErrors ?? 100)
    }

    /// Runs something that may fail in Lua, outside a batch.
    ///
    /// - Parameters:
    ///   - hook: the hook that is called, if any.
    ///   - body: what may fail.
    /// - Returns: what `body` returns.
    /// - Throws: `HookError` in place of a `LuaError`; `CancellationError` when the run was canceled; anything else that `body` throws.
    func translating<Result>(hook: String?, _ body: () throws -> Result) throws -> Result {
        try translating({ _ in HookMessage(package: package, hook: hook) }, body)
    }

    /// Runs something that may fail in Lua while a batch is with a worker.
    ///
    /// - Throws: like `translating(hook:_:)`; the error names the row.
    func translating<Result>(_ current: InFlightBatch, _ body: () throws -> Result) throws -> Result {
        try translating({ message(current, $0) }, body)
    }

    private func translating<Result>(_ message: (LuaError) -> HookMessage, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as LuaError {
            if error.isFatal { isBroken = true }
            if error.code == .interrupted { throw CancellationError() }
            throw message(error).error(error)
        }
    }

    /// Handles the failure of a row according to the policy, and moves the batch to where it continues.
    ///
    /// - Throws: `HookError` if the policy, the kind of error or the number of errors ends the run.
    func resume(_ current: InFlightBatch, after failure: LuaError) throws {
        let error = message(current, failure).error(failure)
        let policy = settings.safeguards.onScriptError ?? .fail
        if policy == .fail || failure.isFatal { throw error }
        try forgiven.add(error, package: package.name)
        let row = failure.row ?? 0
        current.batch.verdicts.reliances[current.part.lowerBound + row].insert(.forgiveness)
        if settings.wantsLocations, failure.row != nil {
            current.batch.verdicts.failures[current.part.lowerBound + row] = error.message
        }
        if policy == .keep {
            current.slot.resume(row: row, without: failure.step ?? 0)
        } else {
            current.slot.resume(afterFailureOf: row)
        }
    }

    private func message(_ current: InFlightBatch, _ error: LuaError) -> HookMessage {
        guard let row = error.row else { return HookMessage(package: package) }
        let hooks = current.queue.scripts.userHooks
        let hook = error.step.flatMap { hooks.indices.contains($0) ? hooks[$0].name : nil } ?? "a hook"
        let records = current.batch.records
        return HookMessage(
            package: package, hook: hook, row: describe(current.part.lowerBound + row, of: records), columns: records.columns.map(\.column))
    }

    /// The row by its number and its primary key; a key that is an address is left out.
    private func describe(_ row: Int, of records: RecordBatch) -> String? {
        guard records.rowNumbers.indices.contains(row) else { return nil }
        let number = "row \(NumberText.grouped(records.rowNumbers[row]))"
        guard let key, let value = records.columns[key.column].described(row), !value.contains("@") else { return number }
        return "\(number) (\(key.name) \(Redaction.onOneLine(String(value.prefix(64)))))"
    }
}
