import HooklineCore
import HooklineEngine
import Synchronization
import Text

/// One line at the bottom of a terminal that shows how far a run is. Without a terminal nothing is shown.
final class ProgressBar: Sendable {
    private struct State {
        var shown = ""
        var lastRows = 0
    }

    private let isShown: Bool
    private let isVerbose: Bool
    private let state = Mutex(State())

    init(_ options: GlobalOptions) {
        isVerbose = options.verbose
        isShown = StandardError.isTerminal && !options.quiet && !options.json
    }

    /// Shows how far the run is.
    func show(_ progress: Progress) {
        if isVerbose, case .planned(let phases) = progress { return tell(phases) }
        guard isShown else { return }
        state.withLock { state in
            switch progress {
            case .reading(let rows):
                // Redrawing for every batch would be a thousand times a second.
                guard rows < state.lastRows || rows - state.lastRows >= 50_000 else { return }
                state.lastRows = rows
                draw("reading: \(NumberText.grouped(rows)) rows", &state)
            case .planned: draw("", &state)
            case .applying(let done, let total):
                guard total > 0 else { return }
                let counts = "\(done) of \(ReportText.calls(total))"
                // Next to the words, and never more than the terminal has room for.
                let length = min(30, max(0, (TerminalWidth.errors ?? 80) - counts.count - "applying:   ".count))
                let filled = done * length / total
                let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: length - filled)
                draw("applying: \(bar) \(counts)", &state)
            }
        }
    }

    private func tell(_ phases: Phases) {
        clear()
        func seconds(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000) s" }
        StandardError.print(
            "phases: source \(seconds(phases.source)), rules \(seconds(phases.rules)), hooks \(seconds(phases.hooks)), "
                + "diff \(seconds(phases.diff)), ledger \(seconds(phases.ledger))")
    }

    /// Removes the line.
    func clear() {
        guard isShown else { return }
        state.withLock { draw("", &$0) }
    }

    private func draw(_ whole: String, _ state: inout State) {
        // A line that wraps would stay behind; and in the last column some terminals wrap already.
        let line = String(whole.prefix(max(0, (TerminalWidth.errors ?? 80) - 1)))
        let erase = String(repeating: " ", count: max(0, state.shown.count - line.count))
        StandardError.write("\r\(line)\(erase)\(line.isEmpty ? "\r" : "")")
        state.shown = line
    }
}
