import HooklineCore
import Text

/// Reads the tree of `hookline.yaml` into a document.
struct WorkspaceReader {
    static let defaultState = "sqlite:.hookline/ledger.db"

    let findings: Findings
    let resolver: ReferenceResolver

    func read(_ tree: Tree, activationNames: [String]) -> WorkspaceDocument {
        ShapeChecker(findings: findings, file: .workspace).check(tree, WorkspaceShape.file, as: "the file")
        var document = WorkspaceDocument(
            workspace: Workspace(root: resolver.root, ledgerPath: ledgerPath(tree["state"]), activationNames: activationNames))
        for entry in tree["sources"]?.entries ?? [] where !findings.isFull {
            document.sources[entry.key] = SourceReader(resolver: resolver, findings: findings).read(entry)
        }
        for entry in tree["destinations"]?.entries ?? [] where !findings.isFull {
            document.destinations[entry.key] = DestinationReader(resolver: resolver, findings: findings).read(entry)
        }
        document.workspace.sources = document.sources.compactMapValues { $0.isIncomplete ? nil : $0.value }
        document.workspace.destinations = document.destinations.compactMapValues { $0.isIncomplete ? nil : $0.value }
        readModels(tree, into: &document)
        readSegments(tree, into: &document)
        readActivations(tree, into: &document)
        if let webhook = tree["notify"]?["webhook"], let secret = resolver.secret(webhook) {
            document.webhook = secret
            document.webhookUnresolved = resolver.missing(secret, at: webhook.position)
        }
        return document
    }

    private func ledgerPath(_ state: Tree?) -> String {
        var text = Self.defaultState
        if let state {
            let resolved = resolver.resolved(state)
            // Nothing works without the ledger, so this is always an error.
            findings.add(resolved.unresolved)
            text = resolved.text
            if text.hasPrefix("postgres") {
                findings.report(
                    .stateNotInBuild, "this version of Hookline can't keep its ledger in PostgreSQL yet; use sqlite:PATH",
                    at: state.position)
            }
        }
        return ManifestFiles.absolute(text.hasPrefix("sqlite:") ? String(text.dropFirst(7)) : ".hookline/ledger.db", in: resolver.root)
    }

    private func readModels(_ tree: Tree, into document: inout WorkspaceDocument) {
        for entry in tree["models"]?.entries ?? [] where !findings.isFull {
            var isUsable = entry.value.isMapping
            if let source = entry.value["source"], let name = source.text, document.sources[name] == nil {
                isUsable = false
                findings.report(
                    .unknownSource, WorkspaceDocument.unknown("source", name, among: document.sources.keys.sorted()), at: source.position)
            }
            document.models[entry.key] = WorkspaceDocument.SharedTree(tree: entry.value, isUsable: isUsable)
        }
        for entry in tree["models"]?.entries ?? [] where !findings.isFull { RelationReader.check(entry.value, document, findings) }
    }

    private func readSegments(_ tree: Tree, into document: inout WorkspaceDocument) {
        for entry in tree["segments"]?.entries ?? [] where !findings.isFull {
            var isUsable = entry.value.isMapping
            if let model = entry.value["model"], let name = model.text, document.models[name] == nil {
                isUsable = false
                findings.report(
                    .unknownModel, WorkspaceDocument.unknown("model", name, among: document.models.keys.sorted()), at: model.position)
            }
            if let source = entry.value["model"]?["source"], let name = source.text, document.sources[name] == nil {
                isUsable = false
                findings.report(
                    .unknownSource, WorkspaceDocument.unknown("source", name, among: document.sources.keys.sorted()), at: source.position)
            }
            document.segments[entry.key] = WorkspaceDocument.SharedTree(tree: entry.value, isUsable: isUsable)
        }
        // A segment may name any other one.
        for entry in tree["segments"]?.entries ?? [] where !findings.isFull {
            let model = entry.value["model"]
            let reader = ConditionReader(
                findings: findings, parameters: nil,
                segments: NamedSegments(document, model: model, path: [entry.key], isShallow: true))
            let rule = SegmentRuleReader(reader: reader, primaryKey: document.primaryKey(of: model)).read(entry.value)
            if rule == nil { document.segments[entry.key]?.isUsable = false }
        }
    }

    private func readActivations(_ tree: Tree, into document: inout WorkspaceDocument) {
        let known = document.workspace.activationNames
        for entry in tree["activations"]?.entries ?? [] where !findings.isFull {
            document.parameters[entry.key] = entry.value["params"]
            document.bindings[entry.key] = entry.value["bind"]
            let hint = NearestName.hint(entry.key, among: known)
            // A package file that is run directly may have values and a binding here too.
            guard !known.contains(entry.key), entry.value["bind"] == nil || !hint.isEmpty else { continue }
            let there = known.isEmpty ? "the workspace has none" : "the workspace has \(enumerated(known))"
            findings.report(
                .unknownActivation, "there is no activation \(quoted(entry.key)); \(there)\(hint)",
                at: entry.keyPosition, severity: .warning)
        }
    }
}
