import HooklineCore
import Synchronization

/// A source whose first row never comes: each question whether the time is over takes a minute.
struct PonderingSource: RowSource {
    let clock: TestClock

    func open() throws -> any RowCursor { Cursor(clock) }

    private final class Cursor: RowCursor {
        let columns = Scenario.columns
        let (rowsRead, rowsDropped) = (0, 0)
        private let clock: TestClock
        private let isCancelled = Mutex<@Sendable () -> Bool>({ false })

        init(_ clock: TestClock) { self.clock = clock }

        func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { self.isCancelled.withLock { $0 = isCancelled } }

        func read(into batch: inout RecordBatch, limit: Int) throws -> Bool {
            let isCancelled = isCancelled.withLock { $0 }
            while !isCancelled() { clock.advance(.seconds(60)) }
            throw CancellationError()
        }
    }
}
