import Dispatch
import Foundation
import Synchronization

/// Runs work on a thread of its own with a stack that no accepted file can exhaust.
///
/// Yams recurses for every level of a file, up to the 1,000 that its scanner allows. That is too much for the threads of a concurrency pool
/// on systems where they have half a megabyte.
enum DeepStack {
    private static let bytes = 16 << 20

    private final class Outcome<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }

    /// Waits for the work and returns its result.
    static func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) -> Value {
        let outcome = Outcome<Value>()
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            let value = work()
            outcome.value.withLock { $0 = value }
            done.signal()
        }
        thread.stackSize = bytes
        thread.start()
        done.wait()
        return outcome.value.withLock { $0 } ?? work()
    }
}
