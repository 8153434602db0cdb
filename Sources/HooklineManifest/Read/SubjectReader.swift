import HooklineCore

/// Reads who an activation is about: segment, model and source, each written out or named.
///
/// A named segment brings its model and a named model brings its source, so that saying either again is a contradiction.
struct SubjectReader {
    struct Subject {
        var source: SourceConfiguration?
        var sharedSource: WorkspaceDocument.Shared<SourceConfiguration>?
        /// Where the source is named.
        var sourcePosition: SourcePosition?
        var model = Model()
        var segmentName: String?
        var rules: Condition?
    }

    let findings: Findings
    let document: WorkspaceDocument
    let binding: BindingReader
    /// What to say of a source that the workspace does not have, beside its name.
    var bindingHint = ""
    /// Whether a source that the workspace does not have is stood in for.
    var standsIn = false

    /// The subject as far as it could be read; nil when it cannot be known.
    func read(_ tree: Tree, _ parameters: ResolvedParameters) -> Subject? {
        var subject = Subject()
        var namedModel = tree["model"].flatMap { model in model.text.map { (name: $0, position: model.position) } }
        if let segment = tree["segment"], let name = segment.text {
            guard let shared = sharedSegment(name, segment.position) else { return nil }
            binding.refuse(["segment"], "the segment \(quoted(name)) of the workspace has its name there")
            for key in ["model", "source"] { refuse(tree.entry(key), "the segment \(quoted(name)) of the workspace brings its model") }
            namedModel = shared["model"]?.text.map { (name: $0, position: segment.position) }
            readSegment(shared, parameters, into: &subject)
        } else if let segment = tree["segment"], segment.isMapping {
            readSegment(segment, parameters, into: &subject)
            if let bound = binding.binding?["segment"]?.text { subject.segmentName = bound }
        }
        if let namedModel {
            binding.refuseSource("the model \(quoted(namedModel.name)) of the workspace brings its source")
            guard let model = sharedModel(namedModel.name, namedModel.position) else { return nil }
            if tree["segment"]?.text == nil {
                refuse(tree.entry("source"), "the model \(quoted(namedModel.name)) of the workspace brings its source")
            }
            takeSource(model["source"]?.text, namedModel.position, into: &subject)
            subject.model = ModelReader(findings: findings).read(model, of: subject.source, at: model.position)
        } else {
            if tree["source"] == nil {
                let message = "an activation needs 'source', unless its segment or model is one of the workspace"
                findings.report(.missingKey, message, at: tree.position)
            }
            let name = binding.name("source", insteadOf: tree["source"])
            takeSource(name?.name, name?.position, into: &subject)
            let model = tree["model"].flatMap { $0.isMapping ? $0 : nil }
            subject.model = ModelReader(findings: findings, binding: binding).read(model, of: subject.source, at: tree.position)
            subject.model.fields = binding.fields(tree["fields"])
            if let policy = binding.binding?["on_bad_value"]?.text.flatMap(Model.BadValuePolicy.init) { subject.model.onBadValue = policy }
            if subject.model.fields != nil { subject.model.boundBy = binding.activation }
            checkTypes(subject.model, tree)
        }
        return subject
    }

    private func readSegment(_ segment: Tree, _ parameters: ResolvedParameters, into subject: inout Subject) {
        subject.segmentName = segment["name"]?.text
        guard let rules = segment["where"] else { return }
        subject.rules = ConditionReader(findings: findings, parameters: parameters).read(rules)
    }

    private func sharedSegment(_ name: String, _ position: SourcePosition) -> Tree? {
        guard let shared = document.segments[name] else {
            let known = document.segments.keys.sorted()
            let message =
                WorkspaceDocument.unknown("segment", name, among: known)
                + "; a segment of the activation's own is written segment: { name: …, where: … }"
            findings.report(.unknownSegment, message, at: position)
            return nil
        }
        return shared.isUsable ? shared.tree : nil
    }

    private func sharedModel(_ name: String, _ position: SourcePosition) -> Tree? {
        guard let shared = document.models[name] else {
            findings.report(.unknownModel, WorkspaceDocument.unknown("model", name, among: document.models.keys.sorted()), at: position)
            return nil
        }
        return shared.isUsable ? shared.tree : nil
    }

    private func takeSource(_ name: String?, _ position: SourcePosition?, into subject: inout Subject) {
        guard let name else { return }
        guard let shared = document.sources[name] else {
            if standsIn {
                subject.source = SourceConfiguration(name: name, kind: .csv, position: position)
                return
            }
            let unknown = WorkspaceDocument.unknown("source", name, among: document.sources.keys.sorted())
            findings.report(.unknownSource, unknown + bindingHint, at: position)
            return
        }
        subject.sharedSource = shared
        subject.source = shared.value
        subject.sourcePosition = position
    }

    /// Fields have their types already.
    private func checkTypes(_ model: Model, _ tree: Tree) {
        guard let fields = model.fields else { return }
        for column in model.columns where fields.contains(where: { $0.name == column.name }) {
            findings.report(
                .conflictingKeys, "the field '\(column.name)' has its type in 'fields'; leave it out of 'columns'", at: column.position)
        }
    }

    private func refuse(_ entry: Tree.Entry?, _ why: String) {
        guard let entry else { return }
        findings.report(.conflictingKeys, "\(why); leave '\(entry.key)' out", at: entry.keyPosition)
    }
}
