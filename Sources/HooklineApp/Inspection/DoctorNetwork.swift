import HooklineCore
import HooklineEngine
import HooklineManifest
import HooklineStore
import Mailchimp
import NetworkSettings

/// Examines the way to Mailchimp: proxy, certificates, and by how much the clocks differ.
struct DoctorNetwork {
    let app: App
    let workspace: LoadedWorkspace

    /// How long to wait for an answer.
    let patience: Duration

    /// From how many seconds on a difference of the clocks matters.
    static let tolerance: Int64 = 300

    /// The ways to all accounts of the workspace, the certificates, and the clocks.
    func findings() async -> [LedgerFinding] {
        let settings = NetworkSettings(environment: app.environment)
        var findings: [LedgerFinding] = []
        for name in workspace.workspace.destinations.keys.sorted() {
            guard let destination = workspace.document.destination(named: name).partial else { continue }
            // A token does not tell its data center; all of Mailchimp's hosts are below one name.
            let url = app.endpoint(of: destination, in: workspace) ?? destination.baseURL ?? "https://login.mailchimp.com"
            findings.append(Self.finding("network", "destination '\(name)'") { () throws(NetworkProblem) in try settings.way(to: url) })
            findings.append(await clock(of: destination))
        }
        findings.append(Self.finding("certificates", "those that count") { () throws(NetworkProblem) in try settings.certificates() })
        return findings
    }

    private static func finding(
        _ subject: String, _ what: String, _ body: () throws(NetworkProblem) -> String
    ) -> LedgerFinding {
        do { return LedgerFinding(subject, .fine, "\(what): \(try body())") } catch {
            return LedgerFinding(subject, .problem, "\(what): \(error.message)")
        }
    }

    /// Compares the clocks by the `Date` of one answer, whatever else it says.
    private func clock(of destination: Destination) async -> LedgerFinding {
        let who = "destination '\(destination.name)'"
        var ahead: Int64?
        var failure: RunFailure?
        do {
            ahead = try await app.withClient(
                for: destination, of: workspace, retry: RetryPolicy(attempts: 1), timeout: patience
            ) { client in
                do { _ = try await client.account() } catch {
                    // A refusal tells the time, too.
                    if client.serverTime == nil { throw error }
                }
                return client.serverTime.map { app.clock.now() - $0 }
            }
        } catch {
            failure = RunFailure(error)
        }
        guard let ahead else {
            let reason = failure.map(\.text) ?? "its answer has no Date"
            return LedgerFinding("clock", .warning, "\(who): the clocks could not be compared: \(reason)")
        }
        let difference =
            ahead == 0
            ? "this machine's clock shows the same as Mailchimp's"
            : "this machine's clock is \(abs(ahead)) s \(ahead > 0 ? "ahead of" : "behind") Mailchimp's"
        let matters = abs(ahead) > Self.tolerance
        return LedgerFinding(
            "clock", matters ? .problem : .fine,
            "\(who): \(difference)"
                + (matters
                    ? "; from \(Self.tolerance) s on, rules such as within_days, schedules, and the times in reports are wrong by that: set it right"
                    : "; up to \(Self.tolerance) s do not matter"),
            seconds: ahead)
    }
}
