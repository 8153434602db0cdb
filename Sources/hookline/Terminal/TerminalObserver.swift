import Foundation
import HooklineApp
import HooklineCore
import HooklineEngine
import HooklineHooks
import Mailchimp
import Text

/// Shows what happens on a terminal, and asks the person in front of it.
struct TerminalObserver: AppObserver {
    private let isJSON: Bool
    private let isQuiet: Bool
    private let isVerbose: Bool
    private let progressBar: ProgressBar

    init(_ options: GlobalOptions) {
        isJSON = options.json
        isQuiet = options.quiet
        isVerbose = options.verbose
        progressBar = ProgressBar(options)
    }

    func observe(_ event: AppEvent) {
        switch event {
        case .progress(let progress): progressBar.show(progress)
        case .ended(_, let log):
            progressBar.clear()
            tell(log)
        case .overdue(let activation, let error): end(activation, error)
        case .prepared: break
        case .warning, .circuit, .firstRun, .purityTried, .testing, .examined, .upgrading, .compared, .notCompared,
            .changingState:
            if !isQuiet { tell(event) }
        }
    }

    func answer(_ question: AppQuestion) async -> AppAnswer {
        if isJSON, case .changeState = question { return .nobody }
        guard Interruption.canAsk else { return .nobody }
        return Confirmation(question: question).ask() ? .yes : .no
    }

    private func tell(_ event: AppEvent) {
        switch event {
        case .warning(let issue): StandardError.print(issue.shown)
        case .circuit(let notice): StandardError.print(notice.words)
        case _ where isJSON: break
        case .firstRun(let activation, let asks):
            StandardError.print("the first run of '\(activation)':\n\(PackageAsksText(asks: asks).text)")
        case .purityTried(let trial): StandardError.print(trial.words)
        case .testing: if StandardError.isTerminal { StandardError.print("running its tests …") }
        case .examined(let info): StandardOutput.print(PackageInfoText(info: info).text)
        case .upgrading(let upgrade): StandardOutput.print(UpgradeText(upgrade: upgrade).text)
        case .compared(let comparison): StandardOutput.print(CompareText(comparison: comparison).text)
        case .changingState(let change): StandardOutput.print(StateText(change: change).text)
        case .notCompared(let package, let reason): StandardError.print(reason.words(package))
        default: break
        }
    }

    /// Prints what scripts logged: warnings always, the rest with `--verbose`.
    private func tell(_ log: [HookLogLine]) {
        if isQuiet { return }
        for line in log where line.level == "warn" || isVerbose {
            let location = line.row.map { "row \(NumberText.grouped($0)): " } ?? ""
            StandardError.print("\(line.level): \(location)\(line.message)")
        }
        let hidden = isVerbose ? 0 : log.count { $0.level != "warn" }
        if hidden == 0 { return }
        let (lines, them) = hidden == 1 ? ("1 log line", "it") : ("\(NumberText.grouped(hidden)) log lines", "them")
        StandardError.print("\(lines) not shown; --verbose shows \(them)")
    }

    /// Ends a process that hangs: it would hold its lease forever.
    private func end(_ activation: String, _ error: EngineError) {
        // Nothing is in flight while a person is asked.
        if Interruption.isWaitingForAnswer { return }
        StandardError.print(
            "\(activation): \(RunFailure(error).text). It did not stop by itself, so the process was ended [\(error.code.rawValue)]")
        exit(ExitStatus.failed.rawValue)
    }
}

extension CircuitNotice {
    fileprivate var words: String {
        switch self {
        case .opened(let failures, let last):
            "Mailchimp has failed \(failures) times in a row, the last time: \(last.message). Trying one call now and then, for up to 5 minutes"
        case .closed: "Mailchimp answers again; continuing"
        }
    }
}

extension PurityTrial {
    fileprivate var words: String {
        let read =
            "\(NumberText.grouped(tried)) of \(isCut ? "the first " : "")\(NumberText.grouped(users)) \(users == 1 ? "user" : "users") of \(sample ?? "the source")"
        let then = tried == 0 ? ", so no script was tried" : " and \(tried == 1 ? "was" : "were") tried in three orders"
        return "purity of \(activation): \(read) \(tried == 1 ? "passes" : "pass") the rules\(then)"
    }
}

extension NotCompared {
    fileprivate func words(_ package: String) -> String {
        switch self {
        case .tooSlow(let limit):
            "the two versions were not compared: the source took longer than \(limit.components.seconds) s; 'hookline compare \(package) --with …' waits for it"
        case .failed(let message): "the two versions were not compared: \(message)"
        }
    }
}
