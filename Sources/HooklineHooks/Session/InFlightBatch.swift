import HooklineCore
import Lua

/// A batch that is with a worker: its users, and which of them are in the slot right now.
final class InFlightBatch {
    let queue: WorkerQueue
    let slot: LuaSlot
    var batch: UserBatch
    private(set) var part = 0..<0
    private let outputs: SlotOutputs

    init(queue: WorkerQueue, slot: LuaSlot, batch: consuming UserBatch, outputs: SlotOutputs) {
        self.outputs = outputs
        self.queue = queue
        self.slot = slot
        self.batch = batch
    }

    /// Whether some rows have not been in any part yet.
    var hasMore: Bool { part.upperBound < batch.records.count }

    /// Puts the next rows into the slot, as many as fit: nearly always all of them.
    ///
    /// - Parameter used: by column, whether scripts have read it so far; the others stay out until one is fetched.
    /// - Throws: `LuaError.Code.contract` for a row that does not fit into a slot.
    func fillNext(used: [Bool]) throws(LuaError) {
        let first = part.upperBound
        var rows = batch.records.count - first
        while rows > 1, !fits(first..<first + rows) { rows /= 2 }
        guard rows == 0 || fits(first..<first + rows) else {
            throw LuaError(
                .contract, row: 0, step: 0,
                message: "the row is larger than \(LuaSlot.byteCount >> 20) MB, the most that a hook can receive")
        }
        part = first..<first + rows
        slot.open(rowCount: rows, kinds: batch.records.columns.map(\.luaKind), outputs: outputs)
        batch.selection.withUnsafeBufferPointer { selection in
            batch.records.rowNumbers.withUnsafeBufferPointer { numbers in
                slot.set(selected: UnsafeBufferPointer(rebasing: selection[part]), rowNumbers: UnsafeBufferPointer(rebasing: numbers[part]))
            }
        }
        for column in used.indices where used[column] { put(column) }
    }

    /// Puts a column's values into the slot.
    func put(_ column: Int) {
        batch.records.columns[column].withLuaColumn { slot.put($0, at: column, from: part.lowerBound) }
    }

    private func fits(_ rows: Range<Int>) -> Bool {
        LuaSlot.fits(
            rows: rows.count, columns: batch.records.columns.count,
            columnBytes: batch.records.columns.reduce(0) { $0 + $1.luaBytes(of: rows) }, outputs: outputs)
    }

    /// Keeps every selected row, as no hook decides about them.
    func keepAll() {
        for row in batch.selection.indices where batch.selection[row] != 0 { batch.verdicts.verdicts[row] = .kept }
    }

    /// Writes the outcome of this part's rows into the batch's verdicts.
    ///
    /// - Throws: `LuaError.Code.misuse` for the number of a reason or a label that the worker never named.
    func harvest() throws(LuaError) {
        for index in 0..<part.count {
            let row = part.lowerBound + index
            batch.verdicts.reliances[row].formUnion(Reliance(rawValue: slot.reliance(index)))
            switch slot.verdict(index) {
            case .leftOut: continue
            case .kept:
                batch.verdicts.verdicts[row] = .kept
                harvestLocations(index, row)
            case .dropped(let reason):
                harvestLocations(index, row)
                batch.verdicts.verdicts[row] = .dropped
                guard reason < queue.reasons.count else { throw Self.unnamed("reason") }
                batch.verdicts.reasons[row] = queue.reasons[reason]
                harvestMapping(index, row)
                continue
            case .failed:
                batch.verdicts.verdicts[row] = .dropped
                continue
            }
            harvestAddress(index, row)
            harvestMapping(index, row)
            try harvestLabels(index, row)
        }
    }

    private static func unnamed(_ what: String) -> LuaError {
        LuaError(.misuse, message: "the scripts' machine gave the number of a \(what) that it never named")
    }

    private func harvestAddress(_ index: Int, _ row: Int) {
        switch slot.mapped(0, row: index) {
        case .absent: return
        case .cleared: batch.verdicts.addresses[row] = .cleared
        case .text(let bytes):
            let start = batch.verdicts.addressBytes.count
            batch.verdicts.addressBytes.append(contentsOf: bytes)
            batch.verdicts.addresses[row] = .mapped
            batch.verdicts.addressRanges[row] = start..<batch.verdicts.addressBytes.count
        }
    }

    private func harvestMapping(_ index: Int, _ row: Int) {
        guard let bytes = slot.mapping(row: index) else { return }
        let start = batch.verdicts.mappingBytes.count
        batch.verdicts.mappingBytes.append(contentsOf: bytes)
        batch.verdicts.mappingRanges[row] = start..<batch.verdicts.mappingBytes.count
    }

    private func harvestLocations(_ index: Int, _ row: Int) {
        guard outputs.wantsLocations else { return }
        let hooks = queue.scripts.userHooks
        if batch.verdicts.locations.isEmpty { batch.verdicts.locations = Array(repeating: [], count: batch.records.count) }
        slot.forEachLocation(index) { location in
            guard hooks.indices.contains(location.step), let file = queue.scripts.machine.file(ofSource: location.source) else { return }
            batch.verdicts.locations[row].append(HookLocation(hook: hooks[location.step].name, file: file, line: location.line))
        }
    }

    private func harvestLabels(_ index: Int, _ row: Int) throws(LuaError) {
        let start = batch.verdicts.labelNumbers.count
        var isNamed = true
        slot.forEachLabel(index) { label in
            if label < queue.labels.count { batch.verdicts.labelNumbers.append(queue.labels[label]) } else { isNamed = false }
        }
        guard isNamed else { throw Self.unnamed("label") }
        if batch.verdicts.labelNumbers.count > start { batch.verdicts.labelRanges[row] = start..<batch.verdicts.labelNumbers.count }
    }
}
