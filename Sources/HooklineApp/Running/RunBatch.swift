import HooklineCore
import Synchronization

/// The activations of a request, prepared and waiting for their runs.
package final class RunBatch: Sendable {
    package let request: RunRequest
    /// What each activation's scripts may use.
    package let allowances: [ScriptAllowance]
    /// The next one at the end.
    private let waiting: Mutex<[PreparedActivation]>

    init(_ request: RunRequest, _ prepared: [PreparedActivation]) {
        self.request = request
        allowances = prepared.map { ScriptAllowance($0.activation) }
        waiting = Mutex(prepared.reversed())
    }

    /// Takes the next activation out, so that its scripts' processes end with its run.
    func next() -> PreparedActivation? { waiting.withLock { $0.popLast() } }
}
