import HooklineCore
import Synchronization

/// Takes and fits the parts of a source, and does with their rows what needs no other row. For one thread at a time.
final class BatchReader: @unchecked Sendable {
    // Unchecked because a thread owns it from its start to its end; what it has gathered is read after that.
    private let reader: any PartReader
    private let preparation: BatchPreparation?
    private var timer: PhaseTimer

    init(_ reader: any PartReader, _ preparation: BatchPreparation?, stopwatch: @escaping @Sendable () -> Double) {
        self.reader = reader
        self.preparation = preparation
        timer = PhaseTimer(stopwatch)
    }

    /// How its time was spent.
    var phases: Phases { timer.phases }

    /// Takes the next part, as ``PartReader/take()``.
    func take() throws -> Int? {
        timer.skip()
        defer { timer.lap(\.source) }
        return try reader.take()
    }

    /// Fits the rows of the part that was taken last, and prepares them.
    ///
    /// - Returns: what was counted in it.
    func fit(into batch: inout UserBatch) throws -> RowCounts {
        timer.skip()
        let counts = try reader.fit(into: &batch.records)
        timer.lap(\.source)
        preparation?.prepare(&batch, &timer)
        return counts
    }

    /// Tells the rules what this reader has seen.
    func report(to rules: RuleEvaluator, _ consent: RuleEvaluator?) {
        guard let preparation else { return }
        rules.noteSeen(by: preparation.rules)
        if let own = preparation.consent { consent?.noteSeen(by: own) }
    }
}

/// What is done with the rows of a batch before anything is decided.
struct BatchPreparation {
    let rules: RuleEvaluator
    let consent: RuleEvaluator?
    /// The column of addresses.
    let emailColumn: Int?
    /// Whether the rows' own addresses are read.
    let addresses: AddressesAhead

    /// Picks rows by the rules, and reads their addresses.
    func prepare(_ batch: inout UserBatch, _ timer: inout PhaseTimer) {
        rules.evaluate(batch.records, into: &batch.selection)
        consent?.evaluate(batch.records, into: &batch.consents)
        timer.lap(\.rules)
        batch.hasOwnAddresses = false
        if addresses.areRead { batch.readOwnAddresses(in: emailColumn) }
        timer.lap(\.diff)
    }
}

/// Whether it is worth while to read the rows' own addresses ahead of the hooks: not if hooks set others. What is decided does not depend on it.
final class AddressesAhead: Sendable {
    private let flag = Atomic<Bool>(true)

    var areRead: Bool { flag.load(ordering: .relaxed) }

    /// Learns from a batch that comes from the hooks.
    func learn(_ addresses: [HookVerdicts.Address]) {
        let areRead = 2 * addresses.count { $0 != .unchanged } <= addresses.count
        if areRead != self.areRead { flag.store(areRead, ordering: .relaxed) }
    }
}
