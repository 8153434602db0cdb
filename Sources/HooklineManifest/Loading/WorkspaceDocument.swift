import HooklineCore
import Text

/// The contents of `hookline.yaml`: the workspace, and what its activations share.
package struct WorkspaceDocument: Sendable {
    /// What the engine needs. A source or destination is missing here when one of its references, other than a secret, is unresolved;
    /// ``destination(named:)`` says why.
    package internal(set) var workspace: Workspace
    /// The URL for notifications. Nothing is sent to it in this build.
    package internal(set) var webhook: Secret?
    /// The names of shared segments in Mailchimp, by their names in the workspace.
    package var segmentNames: [String: String] { segments.compactMapValues { $0.tree["name"]?.text } }
    /// All unresolved `${env:…}` and `${file:…}` references of the file. `check` reports all of them, an activation only those of its own
    /// source and destination.
    package var unresolved: [Issue] {
        (sources.values.flatMap(\.unresolved) + destinations.values.flatMap(\.unresolved) + webhookUnresolved).tidied
    }

    /// The unresolved references that are only secrets, which nobody needs before they are used.
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

    /// The workspace without what it sets for its activations, except where they send: tests expect the activations' own names and values.
    package var forTests: WorkspaceDocument {
        var document = self
        document.parameters = [:]
        // A sample has the columns that the package names.
        for name in document.destinations.keys { document.destinations[name]?.value?.defaults.consent = nil }
        document.bindings = bindings.mapValues { binding in
            Tree(content: .mapping(binding.entries.filter { $0.key == "destination" }), position: binding.position)
        }
        return document
    }

    /// Whether `activations:` sets anything for an activation of that name.
    package func speaks(of name: String) -> Bool { parameters[name] != nil || bindings[name] != nil }

    /// A shared source or destination, as far as it could be read.
    struct Shared<Value: Sendable>: Sendable {
        /// Nil when it is wrong. Texts with unresolved references are as written.
        var value: Value?
        var position: SourcePosition
        /// The position of a source's `path`.
        var pathPosition: SourcePosition?
        var unresolved: [Issue] = []
        /// Whether more than secrets is unresolved.
        var isIncomplete = false
    }

    /// A shared model or segment, read again for every activation that uses it.
    struct SharedTree: Sendable {
        var tree: Tree
        /// False when it is wrong, which the findings already say.
        var isUsable: Bool
    }

    /// The destination of that name with all references resolved, or what is missing.
    package func destination(named name: String) -> Loaded<Destination> {
        guard let shared = destinations[name] else {
            let message = Self.unknown("destination", name, among: destinations.keys.sorted())
            return Loaded(nil, [Issue(.unknownDestination, message, at: nil)])
        }
        return Loaded(shared.value, shared.unresolved)
    }

    /// The source of that name with all references resolved, or what is missing.
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
