import HooklineApp
import HooklineCore
import Synchronization

/// Remembers what happened, and answers every question alike.
final class RecordingObserver: AppObserver {
    private let state = Mutex<(events: [AppEvent], questions: [AppQuestion], react: @Sendable (AppEvent) -> Void)>(([], [], { _ in }))
    private let given: AppAnswer

    init(answering answer: AppAnswer = .nobody) {
        given = answer
    }

    func observe(_ event: AppEvent) {
        let react = state.withLock { state in
            state.events.append(event)
            return state.react
        }
        react(event)
    }

    func answer(_ question: AppQuestion) async -> AppAnswer {
        state.withLock { $0.questions.append(question) }
        return given
    }

    /// Has `react` called with every event from now on.
    func onEvent(_ react: @escaping @Sendable (AppEvent) -> Void) { state.withLock { $0.react = react } }

    var events: [AppEvent] { state.withLock { $0.events } }
    var questions: [AppQuestion] { state.withLock { $0.questions } }

    /// The activations that were prepared, in order.
    var prepared: [String] { events.compactMap { if case .prepared(let name) = $0 { name } else { nil } } }
    /// The codes of all warnings.
    var warnings: [String] { events.compactMap { if case .warning(let issue) = $0 { issue.code } else { nil } } }
    /// What scripts logged in runs.
    var log: [String] {
        events.flatMap { event -> [String] in if case .ended(_, let log) = event { log.map(\.message) } else { [] } }
    }
}
