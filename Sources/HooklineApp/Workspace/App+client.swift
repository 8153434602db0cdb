import Foundation
import HooklineCore
import HooklineManifest
import Mailchimp
import SystemPackage

extension App {
    /// The destination of that name, or the only one.
    ///
    /// - Throws: `manifest.unknown_destination`, or `IssuesFound` with what is wrong with it.
    package func destination(_ name: String?, in workspace: LoadedWorkspace) throws -> Destination {
        let names = workspace.workspace.destinations.keys.sorted()
        guard let chosen = name ?? (names.count == 1 ? names[0] : nil) else {
            throw AppError(.unnamedDestination, "name a destination; there are \(names.joined(separator: ", "))")
        }
        return try usable(workspace.document.destination(named: chosen))
    }

    /// Gives `body` a client of a destination, and closes its connections afterwards.
    ///
    /// - Parameters:
    ///   - destination: whose account to call.
    ///   - workspace: where it is.
    ///   - retry: how often a call is sent again; nil for as often as in a run.
    ///   - timeout: how long a call may take; nil for as long as in a run.
    ///   - body: uses the client.
    /// - Returns: what `body` returns.
    /// - Throws: `IssuesFound` for a secret that cannot be resolved; what `body` throws.
    func withClient<Value: Sendable>(
        for destination: Destination, of workspace: LoadedWorkspace, retry: RetryPolicy? = nil, timeout: Duration? = nil,
        _ body: (MailchimpClient) async throws -> Value
    ) async throws -> Value {
        var configuration = try configuration(of: destination, in: workspace)
        if let retry { configuration.retry = retry }
        if let timeout { configuration.timeout = timeout }
        let client = MailchimpClient(
            configuration: configuration, slots: slots(of: destination, configuration.credential),
            notice: { [observer] in observer.observe(.circuit($0)) })
        do {
            let value = try await body(client)
            try? await client.shutdown()
            return value
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    /// The connections of an account, which all processes of this user share.
    private func slots(of destination: Destination, _ credential: Credential) -> ConnectionSlots? {
        let runtime = environment["XDG_RUNTIME_DIR"].flatMap { $0.isEmpty ? nil : FilePath($0).appending("hookline") }
        let folder = runtime ?? FilePath(NSTemporaryDirectory()).appending("hookline-\(getuid())")
        let secret =
            switch credential {
            case .apiKey(let key): key
            case .accessToken(let token): token
            }
        // The files are named by a digest: nobody can read the secret from it.
        var name = Fingerprint()
        name.add("account", Array("\(destination.baseURL ?? "") \(secret)".utf8))
        return ConnectionSlots(folder: folder.string, name: String(name.text.prefix(32)), limit: destination.connections)
    }
}
