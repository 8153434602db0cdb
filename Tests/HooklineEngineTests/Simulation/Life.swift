import HooklineCore
import Synchronization

/// The life of a simulated process: it ends after so many steps, at a step between two things that could be told apart.
final class Life: Sendable {
    /// The process is gone; whoever is told so does nothing any more.
    struct Death: Error {}

    private struct State {
        var stepsLeft: Int?
        var isOver = false
        var steps = 0
        var toTell: [RunWarning] = []
    }

    /// What the process saw of others' edits before it changed anything.
    var toTell: [RunWarning] { state.withLock { $0.toTell } }
    func saw(_ warnings: [RunWarning]) { state.withLock { $0.toTell += warnings } }

    private let state = Mutex(State())

    /// A life of so many steps; nil for one without end.
    init(steps: Int?) {
        state.withLock { $0.stepsLeft = steps }
    }

    var isOver: Bool { state.withLock { $0.isOver } }
    var steps: Int { state.withLock { $0.steps } }

    /// Ends it at the next step.
    func end() { state.withLock { $0.stepsLeft = 0 } }

    /// Something is about to happen, or has just happened.
    func step() throws {
        try state.withLock { state in
            state.steps += 1
            if let left = state.stepsLeft {
                state.stepsLeft = left - 1
                if left <= 0 { state.isOver = true }
            }
            if state.isOver { throw Death() }
        }
    }
}
