import HooklineCore

/// The rows of a run with known and unknown verdicts: what is left out of the batches for the hooks, and put back afterwards.
struct RememberedRows {
    /// A batch that is with the hooks, or whose rows are all known.
    private struct Waiting {
        /// Which rows the rules picked.
        var selection: [UInt8]
        /// Of each picked row, its digest and the number of its verdict; -1 if it is unknown.
        var digests: [RowDigest]
        var numbers: [Int32]
        /// The batch, if no row had to enter the hooks.
        var known: UserBatch?
    }

    private let memory: any VerdictMemory
    private let unprovable: String?
    private let readsAll: String?
    private var basis: Fingerprint
    private var digester = RowDigester(key: [])
    private var waiting: [Waiting] = []
    private var spare: [Waiting] = []
    private var spareBatches: [UserBatch] = []
    private var texts = RunTexts()
    private var numbering = VerdictNumbering()
    private var report = IncrementalReport()
    /// Why nothing of this run may be used by another.
    private var reasonToDiscard: String?
    private var isOpen = false

    init(memory: any VerdictMemory, basis: Fingerprint, readsAll: String?, unprovable: String?) {
        self.memory = memory
        self.basis = basis
        self.readsAll = readsAll
        self.unprovable = unprovable
    }

    mutating func start(_ columns: [Column], _ context: HookContext) {
        for column in columns { basis.add("column \(column.name)", Array(column.type.rawValue.utf8)) }
        for parameter in context.parameters { basis.add("parameter \(parameter.name)", Array("\(parameter.value)".utf8)) }
        basis.add("activation", Array(context.activation.utf8))
        basis.add("timezone", Array(context.timezone.utf8))
        let refresh = context.kind == .refresh ? "it is a historical refresh" : nil
        let opened = memory.open(basis: basis.text, today: context.today, readsAll: readsAll ?? refresh)
        digester = RowDigester(key: opened.key)
        report.full = opened.full
        isOpen = true
    }

    /// Takes a batch, and leaves the rows in it that have to enter the hooks.
    ///
    /// - Returns: whether there are any; if not, it left an empty batch.
    mutating func take(_ batch: inout UserBatch) -> Bool {
        var next = spare.popLast() ?? Waiting(selection: [], digests: [], numbers: [], known: nil)
        if unprovable != nil {
            waiting.append(next)
            return true
        }
        next.selection.removeAll(keepingCapacity: true)
        next.selection.append(contentsOf: batch.selection)
        digester.digest(batch.records, batch.selection, into: &next.digests)
        memory.recall(next.digests, into: &next.numbers)
        var index = 0
        var isAnyUnknown = false
        for row in batch.selection.indices where batch.selection[row] == 1 {
            if next.numbers[index] >= 0 { batch.selection[row] = 0 } else { isAnyUnknown = true }
            index += 1
        }
        if !isAnyUnknown {
            var empty = spareBatches.popLast() ?? UserBatch(columns: [])
            swap(&empty, &batch)
            empty.verdicts.reset(rows: empty.records.count)
            next.known = empty
        }
        waiting.append(next)
        return isAnyUnknown
    }

    /// Whether the next batch is with the hooks.
    var nextHasEntered: Bool { waiting.first?.known == nil }

    /// Puts the verdicts that are known into the next batch, and remembers the others.
    mutating func give(_ batch: inout UserBatch) {
        var next = waiting.removeFirst()
        if unprovable != nil {
            texts.hear(batch.verdicts)
            for row in batch.selection.indices where batch.selection[row] == 1 {
                report.entered += 1
                texts.take(&batch.verdicts, row)
            }
            texts.name(&batch.verdicts)
            spare.append(next)
            return
        }
        if var known = next.known {
            swap(&known, &batch)
            spareBatches.append(known)
            next.known = nil
        } else {
            texts.hear(batch.verdicts)
        }
        swap(&batch.selection, &next.selection)
        var index = 0
        for row in batch.selection.indices where batch.selection[row] == 1 {
            let number = next.numbers[index]
            if number >= 0 {
                report.remembered += 1
                texts.put(memory.verdict(number), number, into: &batch, row)
            } else {
                report.entered += 1
                next.numbers[index] = note(&batch, row)
            }
            index += 1
        }
        texts.name(&batch.verdicts)
        memory.remember(next.digests, next.numbers)
        spare.append(next)
    }

    /// Notes a verdict that the hooks gave.
    ///
    /// - Returns: its number; -1 if the row has to enter the hooks in every run.
    private mutating func note(_ batch: inout UserBatch, _ row: Int) -> Int32 {
        texts.take(&batch.verdicts, row)
        let reliance = batch.verdicts.reliances[row]
        if reliance.contains(.beingFirst) {
            reasonToDiscard =
                reasonToDiscard ?? "a script loads a module, or a lookup with lines that do not fit, while users pass through it"
        }
        if let reason = reliance.reasonToRepeat { return leaveOut(reason) }
        guard let address = RememberedVerdict.Address(row, of: batch) else { return leaveOut("address") }
        guard let number = numbering.number(row, address, of: batch.verdicts, texts, memory) else { return leaveOut("variety") }
        return number
    }

    private mutating func leaveOut(_ reason: String) -> Int32 {
        report.always[reason, default: 0] += 1
        return -1
    }

    mutating func finish(isKept: Bool) -> (report: IncrementalReport, warnings: [RunWarning])? {
        guard isOpen else { return nil }
        isOpen = false
        if texts.areTooMany { reasonToDiscard = reasonToDiscard ?? "the scripts give too many different reasons" }
        let reason = unprovable ?? reasonToDiscard ?? (isKept ? nil : "")
        let closed = memory.close(discardingFor: reason)
        report.notKept = closed.notKept.flatMap { $0.isEmpty ? nil : $0 }
        return (report, closed.warnings)
    }
}
