import HooklineCore
import Text

/// What `hookline.yaml` says: the workspace, and what its activations share.
package struct WorkspaceDocument: Sendable {
    /// What the engine needs. Sources and destinations stand here when everything that must be known of them is: a destination
    /// whose address refers to a variable that is not set is missing, and `destination(named:)` says why.
    package internal(set) var workspace: Workspace
    /// Where messages are posted to.
    package internal(set) var webhook: Secret?
    /// Names of the segments that activations share, with the names that they have in Mailchimp.
    package var segmentNames: [String: String] { segments.compactMapValues { $0.tree["name"]?.text } }
    /// Every `${env:…}` and `${file:…}` of the file that stands for nothing now: `check` reports them all; an activation only
    /// those of its own source and destination.
    package var unresolved: [Issue] {
        (sources.values.flatMap(\.unresolved) + destinations.values.flatMap(\.unresolved) + webhookUnresolved).tidied
    }

    /// Those of `unresolved` that are nothing but secrets, which are needed only when they are used.
    package var unresolvedSecrets: [Issue] {
        (sources.values.filter { !$0.isIncomplete }.flatMap(\.unresolved)
            + destinations.values.filter { !$0.isIncomplete }.flatMap(\.unresolved) + webhookUnresolved).tidied
    }

    var sources: [String: Shared<SourceConfiguration>] = [:]
    var destinations: [String: Shared<Destination>] = [:]
    var models: [String: SharedTree] = [:]
    var segments: [String: SharedTree] = [:]
    var webhookUnresolved: [Issue] = []
    /// `params:` by the name of the activation.
    var parameters: [String: Tree] = [:]
    /// `bind:` by the name of the activation.
    var bindings: [String: Tree] = [:]

    /// The workspace as if it said nothing of its activations but where they send to: what their tests expect holds for their own
    /// names and values.
    package var forTests: WorkspaceDocument {
        var document = self
        document.parameters = [:]
        document.bindings = bindings.mapValues { binding in
            Tree(content: .mapping(binding.entries.filter { $0.key == "destination" }), position: binding.position)
        }
        return document
    }

    /// Whether `activations:` says anything of an activation of that name.
    package func speaks(of name: String) -> Bool { parameters[name] != nil || bindings[name] != nil }

    /// A source or destination as far as it could be read.
    struct Shared<Value: Sendable>: Sendable {
        /// Nil when it is wrong; texts that could not be resolved stand as they were written.
        var value: Value?
        var position: SourcePosition
        /// Where a source names its file.
        var pathPosition: SourcePosition?
        var unresolved: [Issue] = []
        /// Whether what could not be resolved is more than a secret, which is needed only when it is used.
        var isIncomplete = false
    }

    /// A model or segment, read again for every activation that uses it.
    struct SharedTree: Sendable {
        var tree: Tree
        /// False when it is wrong, which has been reported.
        var isUsable: Bool
    }

    /// The destination of that name, ready to be spoken to; else what is missing, and the nearest name.
    package func destination(named name: String) -> Loaded<Destination> {
        guard let shared = destinations[name] else {
            let message = Self.unknown("destination", name, among: destinations.keys.sorted())
            return Loaded(nil, [Issue(.unknownDestination, message, at: nil)])
        }
        return Loaded(shared.value, shared.unresolved)
    }

    /// The source of that name, ready to be read; else what is missing, and the nearest name.
    package func source(named name: String) -> Loaded<SourceConfiguration> {
        guard let shared = sources[name] else {
            return Loaded(nil, [Issue(.unknownSource, Self.unknown("source", name, among: sources.keys.sorted()), at: nil)])
        }
        return Loaded(shared.value, shared.unresolved)
    }

    static func unknown(_ what: String, _ name: String, among known: [String]) -> String {
        let there = known.isEmpty ? "the workspace has none" : "the workspace has \(enumerated(known))"
        return "there is no \(what) \(quoted(name)); \(there)\(NearestName.hint(name, among: known))"
    }
}
