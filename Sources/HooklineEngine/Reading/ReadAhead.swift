import Dispatch
import Foundation
import HooklineCore
import Synchronization

/// Reads a source on threads of its own while another thread decides about the rows before.
///
/// Whatever the number of threads, batches, counts, and the first error are those of one thread, in the order of the source. The first parts are
/// read without other threads, as most sources that are looked at by hand have no more.
final class ReadAhead {
    /// What was counted in the batches so far.
    private(set) var counts = RowCounts()

    private let parts: any RowParts
    private let columns: [Column]
    private let clock: RunClock
    private let makeReader: (any RowParts) throws -> BatchReader
    /// The number of reading threads.
    private let threads: Int
    private var readers: [BatchReader] = []
    private let running = DispatchGroup()
    private var fitted: FittedParts?
    private let isStopped = StopSign()
    /// The number of the next part.
    private var number = 0
    private var result: Result<Void, any Error>?

    /// The first parts, which are read without other threads.
    private static let partsAlone = 2

    /// - Parameters:
    ///   - cursor: the source, before its first row.
    ///   - threads: how many threads read and decide; 1 starts none.
    ///   - clock: when it is over, reading stops.
    ///   - stopwatch: measures the phases.
    ///   - prepare: makes what one thread does with each batch; nil for nothing.
    init(
        _ cursor: any RowCursor, threads: Int, clock: RunClock, stopwatch: @escaping @Sendable () -> Double,
        prepare: @escaping () throws -> BatchPreparation? = { nil }
    ) {
        columns = cursor.columns
        self.clock = clock
        self.threads = threads - 1
        makeReader = { BatchReader(try $0.reader(), try prepare(), stopwatch: stopwatch) }
        // The threads that read belong to no task, so somebody else tells them that the task was canceled.
        cursor.setCancellationCheck { [isStopped] in isStopped.isSet || clock.isOver }
        parts = cursor.parts() ?? CursorParts(cursor)
    }

    deinit { end() }

    /// Puts the next rows into the place of a batch.
    ///
    /// - Returns: false at the end of the source.
    /// - Throws: the source's error; `CancellationError` when the run is over. Then the source has not ended.
    func next(_ batch: inout UserBatch) throws -> Bool {
        if let result {
            try result.get()
            return false
        }
        do {
            while let found = try nextPart(&batch) {
                batch.records.shiftNumbers(by: counts.rowsRead)
                counts += found
                if batch.records.count > 0 { return true }
            }
            try parts.finish(rows: counts.rowsRead)
            result = .success(())
            return false
        } catch {
            result = .failure(error)
            throw error
        }
    }

    /// Ends the threads; waits until they have.
    func end() {
        isStopped.set()
        fitted?.finishTaking()
        running.wait()
    }

    /// The time that readers spent; all of them, in seconds. Call it after `end`.
    var phases: Phases { readers.reduce(into: Phases()) { $0 += $1.phases } }

    /// Tells the rules what the readers have seen. Call it after `end`.
    func report(to rules: RuleEvaluator, _ consent: RuleEvaluator?) {
        for reader in readers { reader.report(to: rules, consent) }
    }

    /// Returns what was counted in the part; nil at the end.
    private func nextPart(_ batch: inout UserBatch) throws -> RowCounts? {
        if threads > 0, number >= Self.partsAlone { return try collect(&batch) }
        if readers.isEmpty { readers.append(try makeReader(parts)) }
        if batch.records.columns.isEmpty { batch = UserBatch(columns: columns) }
        number += 1
        return try readers[0].take() == nil ? nil : readers[0].fit(into: &batch)
    }

    private func collect(_ batch: inout UserBatch) throws -> RowCounts? {
        let fitted = try self.fitted ?? start()
        let arrival = try fitted.collect(number, isOver: { clock.isOver })
        number += 1
        switch arrival {
        case .end: return nil
        case .failure(let error): throw error
        case .rows(var found, let counts):
            swap(&found, &batch)
            fitted.reuse(found)
            return counts
        }
    }

    private func start() throws -> FittedParts {
        while readers.count < threads { readers.append(try makeReader(parts)) }
        let fitted = FittedParts(columns: columns, readers: readers, first: number)
        self.fitted = fitted
        for _ in readers {
            running.enter()
            let thread = Thread { [running] in
                fitted.work()
                running.leave()
            }
            thread.name = "hookline.reading"
            thread.stackSize = 8 << 20
            thread.start()
        }
        return fitted
    }
}

/// Tells readers to stop where they are.
private final class StopSign: Sendable {
    private let flag = Atomic<Bool>(false)
    var isSet: Bool { flag.load(ordering: .relaxed) }
    func set() { flag.store(true, ordering: .relaxed) }
}
