import HooklineCore
import HooklineEngine
import Mailchimp

/// Something that happens while a request is served.
package enum AppEvent: Sendable {
    /// Something is wrong, and the work goes on.
    case warning(Issue)
    /// An activation was read and its scripts were loaded.
    case prepared(activation: String)
    /// How far a run is.
    case progress(Progress)
    /// The work on an activation is over, well or not: what its scripts logged, in the order of rows.
    case ended(activation: String, log: [HookLogLine])
    /// Mailchimp stopped answering, or answers again.
    case circuit(CircuitNotice)
    /// A run of a package from elsewhere begins, and none has ended well so far: what the package reads and writes.
    case firstRun(activation: String, PackageAsks)
    /// A run is far beyond its `max_duration` and does not stop by itself. Nothing is lost if the process ends now. Repeated while it lasts.
    case overdue(activation: String, EngineError)
    /// Users of a sample went through the hooks in several orders.
    case purityTried(PurityTrial)
    /// The tests of a package are about to run, before it is installed.
    case testing(package: String)
    /// A package was examined and is about to be installed.
    case examined(PackageInfo)
    /// What an upgrade is about to change.
    case upgrading(PackageUpgrade)
    /// Who would enter and leave by it.
    case compared(VersionComparison)
    /// What is about to change in the ledger, before somebody is asked.
    case changingState(StateChange)
    /// Nobody can say who would enter and leave by it.
    case notCompared(package: String, NotCompared)
}
