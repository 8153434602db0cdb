import Dispatch
import Foundation
import HooklineCore
import HooklineEngine

/// Ends the process when a run is long past its `max_duration` and does not stop by itself.
///
/// A run looks at its clock between batches, calls, steps of a query and answers of a script. One rule's pattern that backtracks, or one
/// database function over a huge text, is none of these, and a run that hangs would hold its lease for ever. Ending at any moment loses
/// nothing: the next run goes on from the ledger.
final class RunWatchdog {
    /// For the calls under way, in seconds.
    private static let grace = 120

    private let timer: any DispatchSourceTimer

    /// - Parameter activation: nothing is watched when it says no `max_duration`.
    init?(_ activation: Activation) {
        guard let longest = activation.maxDuration else { return nil }
        let source = DispatchSource.makeTimerSource(queue: .global())
        source.schedule(deadline: .now() + .seconds(longest + Self.grace), repeating: .seconds(Self.grace))
        source.setEventHandler { [name = activation.name] in
            // Nothing is under way while a person is asked.
            if Interruption.isWaitingForAnswer { return }
            StandardError.print(
                "\(name): \(RunFailure(EngineError.deadline(seconds: longest)).text). It did not stop by itself, and was ended [\(EngineError.Code.deadline.rawValue)]"
            )
            exit(ExitStatus.failed.rawValue)
        }
        source.resume()
        timer = source
    }

    deinit { timer.cancel() }
}
