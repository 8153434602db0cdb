import HooklineCore
import Text

/// Reads those relations of a model that something uses, with the models that they lead to.
struct RelationReader {
    /// How many relations may lead from one to the next.
    private static let depthLimit = 8

    let findings: Findings
    let document: WorkspaceDocument
    let parameters: ResolvedParameters?

    /// Reads the relations in use.
    ///
    /// - Parameters:
    ///   - tree: the model; nil for one that says nothing.
    ///   - uses: the fields that rules ask for; those of calculated fields join them.
    ///   - needed: the calculated fields that are needed; nil for all.
    ///   - position: where the model is used.
    ///   - depth: how many relations lead here.
    /// - Returns: the relations whose models could be read.
    func relations(
        of tree: Tree?, _ uses: RelationUses, needed: Set<String>? = nil, at position: SourcePosition, depth: Int = 1
    ) -> [Relation] {
        for entry in tree?["calculated"]?.entries ?? [] where entry.value.isMapping && needed?.contains(entry.key) ?? true {
            guard let name = entry.value["relation"]?.text,
                let field = AggregateReader(findings: findings, parameters: parameters).read(entry.value, name: entry.key, uses)
            else { continue }
            uses.add(field, of: name, at: entry.value["relation"]?.position ?? entry.value.position)
        }
        if uses.list.isEmpty { return [] }
        guard depth <= Self.depthLimit else {
            findings.report(
                .tooDeep,
                "fields made of related rows lead from one relation to the next more than \(Self.depthLimit) times, probably in a circle",
                at: position)
            return []
        }
        let entries = tree?["relations"]?.entries ?? []
        let known = entries.map(\.key)
        for use in uses.list where !known.contains(use.relation) {
            let there = known.isEmpty ? "the model has none" : "the model has \(enumerated(known))"
            findings.report(
                .unknownRelation,
                "there is no relation \(quoted(use.relation)); \(there)\(NearestName.hint(use.relation, among: known))", at: use.position)
        }
        return entries.compactMap { entry in
            let fields = uses.list.filter { $0.relation == entry.key }.map(\.field)
            return fields.isEmpty ? nil : relation(entry, fields, uses.uses(in: entry.key), depth)
        }
    }

    private func relation(_ entry: Tree.Entry, _ fields: [AggregatedField], _ nested: RelationUses, _ depth: Int) -> Relation? {
        guard let name = entry.value["model"]?.text, let keys = Self.keys(entry.value["on"]) else { return nil }
        guard let shared = document.models[name] else {
            findings.report(
                .unknownModel, WorkspaceDocument.unknown("model", name, among: document.models.keys.sorted()),
                at: entry.value["model"]?.position)
            return nil
        }
        guard shared.isUsable, let source = shared.tree["source"]?.text.flatMap({ document.sources[$0] }) else { return nil }
        findings.add(source.unresolved)
        guard let configuration = source.value else { return nil }
        var model = ModelReader(findings: findings).read(shared.tree, of: configuration, at: shared.tree.position)
        if let oneRow = shared.tree.entry("one_row_per") {
            findings.report(
                .conflictingKeys, "a related model takes no 'one_row_per': all of its rows count; use where: to pick some",
                at: oneRow.keyPosition)
        }
        model.relations = relations(
            of: shared.tree, nested, needed: fields.reduce(into: []) { $0.formUnion($1.relatedFields) }, at: entry.keyPosition,
            depth: depth + 1)
        return Relation(
            name: entry.key, key: keys.own, relatedKey: keys.related, source: configuration, model: model, aggregates: fields,
            position: entry.keyPosition)
    }

    private static func keys(_ tree: Tree?) -> (own: String, related: String)? {
        guard let tree, tree.entries.count == 1, let related = tree.entries[0].value.text else { return nil }
        return (tree.entries[0].key, related)
    }

    /// Checks what the shape of a relation cannot say: that it names a model, and one key on each side.
    static func check(_ tree: Tree, _ document: WorkspaceDocument, _ findings: Findings) {
        for entry in tree["relations"]?.entries ?? [] {
            if let name = entry.value["model"], let text = name.text, document.models[text] == nil {
                findings.report(
                    .unknownModel, WorkspaceDocument.unknown("model", text, among: document.models.keys.sorted()), at: name.position)
            }
            if let keys = entry.value["on"], keys.isMapping, keys.entries.count != 1 {
                findings.report(
                    .wrongValue, "'on' takes one field of each side, such as { id: customer_id }, found \(keys.entries.count)",
                    at: keys.position)
            }
        }
    }
}
