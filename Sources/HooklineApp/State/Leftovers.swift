import Foundation
import HooklineCore
import HooklineEngine
import HooklineManifest
import HooklineStore
import Mailchimp

/// Finds segments in the ledger that nothing keeps in step anymore: those left in another audience or account, and those of activations
/// that the workspace has no more. Asks nobody but the ledger.
struct Leftovers {
    /// The code of the warning about an activation that the workspace has no more.
    static let goneCode = "state.not_in_workspace"

    let app: App
    let workspace: LoadedWorkspace

    /// What is left behind of an activation, among all of its segments in the ledger; nil if there is nothing, or its destination cannot
    /// be read.
    func leftBehind(_ name: String, _ segments: [LedgerSegment]) -> LeftBehind? {
        guard !segments.isEmpty, let destination = destination(of: name) else { return nil }
        return LeftBehind(of: name, audience: destination.audience, endpoint: app.endpoint(of: destination, in: workspace), among: segments)
    }

    /// What an activation of the ledger that the workspace has no more is about, and what to do; nil if nothing is left of it.
    func gone(_ status: ActivationStatus) -> String? {
        let segments = status.segments
        guard !segments.isEmpty, !workspace.workspace.activationNames.contains(status.activation) else { return nil }
        let name = status.activation
        let which = segments.count == 1 ? "a segment" : "\(segments.count) segments"
        return
            "the workspace has no activation '\(name)', and the ledger has \(which) of it, which nothing keeps in step: \(LedgerSegment.listed(segments))."
            + " If it has another name now: hookline state rename \(name) \(heir(of: status) ?? "NEW")."
            + " To delete at Mailchimp: hookline state forget \(name) --delete; to empty: hookline state forget \(name) --empty;"
            + " to leave as is: hookline state forget \(name)"
    }

    /// Everything that is left, as warnings of a check; without `chosen`, for all activations, those that are gone included.
    ///
    /// Nothing where there is no ledger yet. The ledger's own error is a warning, too: a check is about files.
    func issues(of chosen: [String]) -> [Issue] {
        guard FileManager.default.fileExists(atPath: workspace.workspace.ledgerPath) else { return [] }
        do {
            let statuses = try app.ledger(workspace).status()
            let known = statuses.filter { chosen.isEmpty || chosen.contains($0.activation) }
            let left = known.compactMap { leftBehind($0.activation, $0.segments) }
            return left.map { Issue(LeftBehind.code, $0.message, at: nil, severity: .warning) }
                + (chosen.isEmpty ? statuses.compactMap(gone) : []).map { Issue(Self.goneCode, $0, at: nil, severity: .warning) }
        } catch {
            let failure = RunFailure(error)
            return [Issue(failure.code.rawValue, failure.text, at: nil, severity: .warning)]
        }
    }

    private func destination(of name: String) -> Destination? {
        guard workspace.workspace.activationNames.contains(name) else { return nil }
        return (try? app.activation(name, in: workspace))?.partial?.destination
    }

    /// The activation that seems to be the one that is gone, under a new name: the only one of the segment's name that has not run.
    private func heir(of status: ActivationStatus) -> String? {
        let name = status.segments.first { $0.key.label == nil }?.name
        let ran = (try? app.ledger(workspace).status().map(\.activation)) ?? []
        let heirs = workspace.workspace.activationNames.filter { candidate in
            !ran.contains(candidate) && (try? app.activation(candidate, in: workspace))?.partial?.segmentName == name
        }
        return heirs.count == 1 ? heirs[0] : nil
    }
}

extension App {
    /// Where a destination's account is, as far as it is known without asking; nil for a token, or a secret that is not set here.
    func endpoint(of destination: Destination, in workspace: LoadedWorkspace) -> String? {
        (try? configuration(of: destination, in: workspace))?.knownEndpoint
    }

    /// What a client of a destination needs.
    ///
    /// - Throws: `IssuesFound` for a secret that cannot be resolved.
    func configuration(of destination: Destination, in workspace: LoadedWorkspace) throws -> MailchimpConfiguration {
        let credential: Credential =
            switch destination.credential {
            case .apiKey(let secret): .apiKey(try workspace.loader.resolve(secret))
            case .accessToken(let secret): .accessToken(try workspace.loader.resolve(secret))
            }
        return MailchimpConfiguration(
            credential: credential, baseURL: destination.baseURL, connections: destination.connections,
            userAgent: "hookline/\(Release.version)")
    }
}
