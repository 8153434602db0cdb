import HooklineCore

/// Reads segment, model and source of an activation, each written out or named.
///
/// A named segment includes its model, and a named model its source; setting either again is a contradiction.
struct SubjectReader {
    struct Subject {
        var source: SourceConfiguration?
        var sharedSource: WorkspaceDocument.Shared<SourceConfiguration>?
        /// The position of the source's name.
        var sourcePosition: SourcePosition?
        var model = Model()
        var segmentName: String?
        var segmentNamePosition: SourcePosition?
        var rules: Condition?
    }

    let findings: Findings
    let document: WorkspaceDocument
    let binding: BindingReader
    /// What rules ask of related rows.
    var uses = RelationUses()
    /// Advice for a source that the workspace does not have.
    var bindingHint = ""
    /// Whether a placeholder replaces a source that the workspace does not have.
    var usesPlaceholder = false

    /// Reads the subject as far as possible; nil when it is unknown.
    func read(_ tree: Tree, _ parameters: ResolvedParameters) -> Subject? {
        var subject = Subject()
        var sharedModel: Tree?
        var namedModel = tree["model"].flatMap { model in model.text.map { (name: $0, position: model.position) } }
        if let segment = tree["segment"], let name = segment.text {
            guard let shared = sharedSegment(name, segment.position) else { return nil }
            binding.refuse(["segment"], "the workspace segment \(quoted(name)) has its own name")
            for key in ["model", "source"] { refuse(tree.entry(key), "the workspace segment \(quoted(name)) includes its model") }
            namedModel = shared["model"]?.text.map { (name: $0, position: segment.position) }
            sharedModel = shared["model"].flatMap { $0.isMapping ? $0 : nil }
            if sharedModel != nil { binding.refuseSource("the workspace segment \(quoted(name)) includes its source") }
            readSegment(shared, parameters, of: shared["model"], path: [name], into: &subject)
        } else if let segment = tree["segment"], segment.isMapping {
            readSegment(segment, parameters, of: tree["model"], path: [], into: &subject)
            if let bound = binding.binding?["segment"], let name = bound.text {
                subject.segmentName = SegmentNameRule.trimmed(name)
                subject.segmentNamePosition = bound.position
            }
        }
        let relations = RelationReader(findings: findings, document: document, parameters: parameters)
        if let namedModel {
            binding.refuseSource("the workspace model \(quoted(namedModel.name)) includes its source")
            guard let model = self.sharedModel(namedModel.name, namedModel.position) else { return nil }
            if tree["segment"]?.text == nil {
                refuse(tree.entry("source"), "the workspace model \(quoted(namedModel.name)) includes its source")
            }
            takeSource(model["source"]?.text, namedModel.position, into: &subject)
            subject.model = ModelReader(findings: findings).read(model, of: subject.source, at: model.position)
            let errors = findings.errors
            subject.model.relations = relations.relations(of: model, uses, at: namedModel.position)
            // Rules that lack their fields would only be reported a second time.
            if findings.errors > errors { return nil }
        } else if let model = sharedModel {
            takeSource(model["source"]?.text, model["source"]?.position, into: &subject)
            subject.model = ModelReader(findings: findings).read(model, of: subject.source, at: model.position)
            RelationReader.check(model, document, findings)
            let errors = findings.errors
            subject.model.relations = relations.relations(of: model, uses, at: model.position)
            if findings.errors > errors { return nil }
        } else {
            if tree["source"] == nil {
                let message = "an activation needs 'source', unless it uses a workspace segment or model"
                findings.report(.missingKey, message, at: tree.position)
            }
            let name = binding.name("source", insteadOf: tree["source"])
            takeSource(name?.name, name?.position, into: &subject)
            let model = tree["model"].flatMap { $0.isMapping ? $0 : nil }
            subject.model = ModelReader(findings: findings, binding: binding).read(model, of: subject.source, at: tree.position)
            if let model { RelationReader.check(model, document, findings) }
            let errors = findings.errors
            subject.model.relations = relations.relations(of: model, uses, at: tree.position)
            if findings.errors > errors { return nil }
            subject.model.fields = binding.fields(tree["fields"])
            if let policy = binding.binding?["on_bad_value"]?.text.flatMap(Model.BadValuePolicy.init) { subject.model.onBadValue = policy }
            if subject.model.fields != nil { subject.model.boundBy = binding.activation }
            checkTypes(subject.model, tree)
        }
        return subject
    }

    private func readSegment(
        _ segment: Tree, _ parameters: ResolvedParameters, of model: Tree?, path: [String], into subject: inout Subject
    ) {
        subject.segmentName = (segment["name"]?.text).map(SegmentNameRule.trimmed)
        subject.segmentNamePosition = segment["name"]?.position
        let reader = ConditionReader(
            findings: findings, parameters: parameters, uses: uses, segments: NamedSegments(document, model: model, path: path))
        guard let rule = SegmentRuleReader(reader: reader, primaryKey: document.primaryKey(of: model)).read(segment) else { return }
        subject.rules = rule.limit == nil ? rule.rules : .segment(rule)
    }

    private func sharedSegment(_ name: String, _ position: SourcePosition) -> Tree? {
        guard let shared = document.segments[name] else {
            let known = document.segments.keys.sorted()
            let message =
                WorkspaceDocument.unknown("segment", name, among: known)
                + "; to define one here, write segment: { name: …, where: … }"
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
            if usesPlaceholder {
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

    /// Reports types of columns that `fields` declares already.
    private func checkTypes(_ model: Model, _ tree: Tree) {
        guard let fields = model.fields else { return }
        for column in model.columns where fields.contains(where: { $0.name == column.name }) {
            findings.report(
                .conflictingKeys, "the field '\(column.name)' has its type in 'fields'; remove it from 'columns'", at: column.position)
        }
    }

    private func refuse(_ entry: Tree.Entry?, _ why: String) {
        guard let entry else { return }
        findings.report(.conflictingKeys, "\(why); remove '\(entry.key)'", at: entry.keyPosition)
    }
}
