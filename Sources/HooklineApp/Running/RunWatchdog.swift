import Dispatch
import HooklineCore
import HooklineEngine

/// Reports a run that is far beyond its `max_duration` and does not stop by itself.
///
/// A run looks at its clock between batches, calls, steps of a query and answers of a script. A rule's pattern that backtracks, or a
/// database function over a huge text, is none of these, and a run that hangs would hold its lease forever. The process may end at any
/// moment without loss: the next run continues from the ledger.
final class RunWatchdog {
    /// Seconds: for the calls in flight.
    private static let grace = 120

    private let timer: any DispatchSourceTimer

    /// Watches until it is released; nil for an activation without `max_duration`.
    init?(_ activation: Activation, _ observer: any AppObserver) {
        guard let longest = activation.maxDuration else { return nil }
        let source = DispatchSource.makeTimerSource(queue: .global())
        source.schedule(deadline: .now() + .seconds(longest + Self.grace), repeating: .seconds(Self.grace))
        source.setEventHandler { [name = activation.name] in
            observer.observe(.overdue(activation: name, EngineError.deadline(seconds: longest)))
        }
        source.resume()
        timer = source
    }

    deinit { timer.cancel() }
}
