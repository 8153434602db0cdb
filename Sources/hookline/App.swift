import Foundation
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineManifest
import HooklineSources
import HooklineStore
import Mailchimp
import Text

/// Chooses the concrete rooms for a command: workspace, source, scripts, ledger, Mailchimp.
struct App: Sendable {
    let directory: String
    let isJSON: Bool
    let isQuiet: Bool
    let isVerbose: Bool
    let progressBar: ProgressBar
    var environment = ProcessInfo.processInfo.environment
    /// Where this process says the time comes from.
    var now: @Sendable () -> Int64 = Clock.now

    init(_ options: GlobalOptions, directory: String? = nil) {
        self.directory = directory ?? options.directory
        isJSON = options.json
        isQuiet = options.quiet
        isVerbose = options.verbose
        progressBar = ProgressBar(options)
    }

    /// The folder of the workspace around the directory; nil when there is none.
    var workspaceRoot: String? { WorkspaceLoader.findRoot(from: directory) }

    /// The workspace around the directory, with its warnings told.
    ///
    /// - Throws: `CommandFailure` when there is none, `IssuesFound` with everything that is wrong with it.
    func workspace() throws -> LoadedWorkspace {
        guard let root = WorkspaceLoader.findRoot(from: directory) else {
            throw CommandFailure(
                "manifest.no_workspace",
                "there is no hookline.yaml in \(directory) or above it: 'hookline init' makes a workspace, -C DIR names one")
        }
        let loader = WorkspaceLoader(environment: environment)
        return LoadedWorkspace(loader: loader, document: try usable(loader.load(root: root)))
    }

    /// The value of something loaded, if it has no errors; its warnings are told.
    func usable<Value>(_ loaded: Loaded<Value>) throws -> Value {
        let errors = loaded.issues.filter { $0.severity == .error }
        tell(loaded.issues.filter { $0.severity == .warning })
        guard let value = loaded.value, errors.isEmpty else { throw IssuesFound(errors) }
        return value
    }

    /// Prints warnings for a person.
    func tell(_ warnings: [Issue]) {
        if isQuiet { return }
        for warning in warnings { StandardError.print(warning.shown) }
    }

    /// Prints what the scripts logged: warnings always, the rest when asked for more.
    func tell(_ log: [HookLogLine]) {
        if isQuiet { return }
        for line in log where line.level == "warn" || isVerbose {
            let location = line.row.map { "row \(NumberText.grouped($0)): " } ?? ""
            StandardError.print("\(line.level): \(location)\(line.message)")
        }
        let hidden = isVerbose ? 0 : log.count { $0.level != "warn" }
        if hidden > 0 {
            StandardError.print(
                "\(hidden == 1 ? "1 log line" : "\(NumberText.grouped(hidden)) log lines") not shown; --verbose shows \(hidden == 1 ? "it" : "them")"
            )
        }
    }

    /// The ledger of a workspace.
    func ledger(_ workspace: Workspace) throws -> SQLiteLedger {
        try SQLiteLedger.open(at: workspace.ledgerPath)
    }

    /// The destination of that name, or the only one.
    func destination(_ name: String?, in workspace: LoadedWorkspace) throws -> Destination {
        let names = workspace.workspace.destinations.keys.sorted()
        guard let chosen = name ?? (names.count == 1 ? names[0] : nil) else {
            throw CommandFailure("manifest.unknown_destination", "name a destination; there are \(names.joined(separator: ", "))")
        }
        return try usable(workspace.document.destination(named: chosen))
    }

    /// Gives `body` a client of a destination, and closes its connections afterwards.
    func withClient<Value: Sendable>(
        for destination: Destination, of workspace: LoadedWorkspace, _ body: (MailchimpClient) async throws -> Value
    ) async throws -> Value {
        let credential: Credential =
            switch destination.credential {
            case .apiKey(let secret): .apiKey(try workspace.loader.resolve(secret))
            case .accessToken(let secret): .accessToken(try workspace.loader.resolve(secret))
            }
        let client = MailchimpClient(
            configuration: MailchimpConfiguration(
                credential: credential, baseURL: destination.baseURL, connections: destination.connections,
                userAgent: "hookline/\(Hookline.version)"),
            slots: slots(of: destination, credential), notice: { tell($0) })
        do {
            let value = try await body(client)
            try? await client.shutdown()
            return value
        } catch {
            try? await client.shutdown()
            throw error
        }
    }
}

extension App {
    /// The connections of an account, which all processes of this user share. The name of the files is a digest: no secret can be read from it.
    private func slots(of destination: Destination, _ credential: Credential) -> ConnectionSlots? {
        let runtime = environment["XDG_RUNTIME_DIR"].flatMap { $0.isEmpty ? nil : $0 + "/hookline" }
        var name = Fingerprint()
        let secret =
            switch credential {
            case .apiKey(let key): key
            case .accessToken(let token): token
            }
        name.add("account", Array("\(destination.baseURL ?? "") \(secret)".utf8))
        return ConnectionSlots(
            folder: runtime ?? "\(NSTemporaryDirectory().trimmedSlash)/hookline-\(getuid())", name: String(name.text.prefix(32)),
            limit: destination.connections)
    }

    private func tell(_ notice: CircuitNotice) {
        if isQuiet { return }
        switch notice {
        case .opened(let failures, let last):
            StandardError.print(
                "Mailchimp has failed \(failures) times in a row, the last time: \(last.message). Trying one call now and then, for up to 5 minutes"
            )
        case .closed: StandardError.print("Mailchimp answers again; going on")
        }
    }
}

extension String {
    fileprivate var trimmedSlash: String { hasSuffix("/") && count > 1 ? String(dropLast()) : self }
}

/// A workspace, and what read it.
struct LoadedWorkspace: Sendable {
    let loader: WorkspaceLoader
    let document: WorkspaceDocument

    var workspace: Workspace { document.workspace }
}
