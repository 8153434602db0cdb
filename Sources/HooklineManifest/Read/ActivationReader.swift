import HooklineCore

/// Reads the tree of `activation.yaml` against a workspace.
struct ActivationReader {
    let findings: Findings
    let files: ManifestFiles
    let document: WorkspaceDocument
    /// The package's folder, an absolute path.
    let folder: String
    /// The manifest's path, as messages show it.
    let file: String
    let purpose: ActivationPurpose

    /// Reads an activation; nil when something it can't do without is wrong, which the findings then say.
    func read(_ tree: Tree, expectedName: String?, settings: [ParameterSetting]) -> Activation? {
        guard findings.accept(requirementsOf: tree) else { return nil }
        ShapeChecker(findings: findings, file: .activation).check(tree, ActivationShape.file, as: "the file")
        checkName(tree["name"], expectedName)
        let name = tree["name"]?.text ?? expectedName ?? ""
        let parameters = ParameterReader(findings: findings)
            .read(tree["parameters"], workspace: document.parameters[name], settings: settings, activation: name)
        let binding = BindingReader(
            findings: findings, binding: document.bindings[name], activation: name, needsFields: tree["fields"] != nil,
            unknownNames: purpose == .run ? .error : .warning)
        let hint = tree["fields"] == nil ? "" : "; bind one to it: activations: { \(name): { bind: { source: NAME } } }"
        let uses = RelationUses()
        let ownConsent = tree["consent"].flatMap {
            ConditionReader(findings: findings, parameters: parameters, uses: uses, alone: "'consent'").read($0)
        }
        let subject = SubjectReader(
            findings: findings, document: document, binding: binding, uses: uses, bindingHint: hint, usesPlaceholder: purpose == .offline
        )
        .read(tree, parameters)
        let named = binding.name("destination", insteadOf: tree["destination"])
        let destination = named.flatMap { self.destination($0.name, $0.position, of: name, expectsBinding: tree["fields"] != nil) }
        let consent = tree["consent"] == nil ? destination?.defaults.consent : ownConsent
        let hooks = HookFilesReader(findings: findings, files: files, folder: folder).read(tree["hooks"])
        let lookups = binding.lookups(of: folder, files: files, root: document.workspace.root, mustExist: purpose != .offline)
        if purpose != .offline { checkSource(subject) }
        if let adopt = tree.entry("adopt"), adopt.value.boolean == true, !isOwn {
            findings.reportInert(
                "adopt", because: "only an activation of the workspace itself may take over a segment", at: adopt.keyPosition)
        }
        if let after = tree["after"], let other = after.text { checkOrder(name, other, after) }
        let email = email(tree, destination)
        guard let subject, let source = subject.source, let segmentName = subject.segmentName, let destination, let email else {
            return nil
        }
        let written = tree["safeguards"].map(SafeguardsReader.safeguards) ?? Safeguards()
        var activation = Activation(
            name: name, version: tree["version"]?.text ?? "0.0.0", description: tree["description"]?.text, folder: folder, file: file,
            parameters: parameters.parameters, source: source, model: subject.model, segmentName: segmentName, rules: subject.rules,
            destination: destination, emailField: email.field, emailPosition: email.position, hooks: hooks,
            hooksPosition: tree["hooks"]?.position, schedule: ScheduleReader.schedule(tree) ?? destination.defaults.schedule,
            timezone: tree["timezone"]?.text ?? destination.defaults.timezone ?? "UTC",
            safeguards: written.filled(from: destination.defaults.safeguards), limits: LimitsReader.limits(tree["limits"]),
            breakdown: BreakdownReader.breakdown(tree["breakdown"]),
            adopt: isOwn && tree["adopt"]?.boolean ?? false)
        activation.segmentNamePosition = subject.segmentNamePosition
        activation.driftPolicy = DriftPolicyReader.driftPolicy(tree)
        activation.askAgain = AskAgainReader.policy(tree["ask_again"])
        activation.isIncremental = tree["incremental"]?.boolean ?? false
        if let seconds = tree["full_every"]?.text.flatMap(Measure.seconds) { activation.fullEveryDays = max(1, seconds / 86_400) }
        activation.maxDuration = tree["max_duration"]?.text.flatMap(Measure.seconds)
        activation.lookups = lookups
        activation.consent = consent
        if let oneRow = activation.model.oneRow, activation.model.onBadValue == .drop {
            findings.report(
                .conflictingKeys,
                "'one_row_per' conflicts with 'on_bad_value: drop': a row that is dropped unread may be the one that counts; use on_bad_value: 'null'",
                at: oneRow.position)
        }
        activation.model.hasConsent = tree["consent"] != nil || consent != nil
        if activation.model.hasConsent, activation.model.onBadValue == .drop {
            findings.report(
                .conflictingKeys,
                "'consent' conflicts with 'on_bad_value: drop': a row that is dropped unread may be the one that refuses; use model: { on_bad_value: 'null' }",
                at: tree.entry("consent")?.keyPosition ?? activation.model.position)
        }
        // A zone that does not exist is reported already, and must not hide what else is wrong.
        activation.model.timezone = ZoneOffsets(named: activation.timezone) == nil ? "UTC" : activation.timezone
        return activation
    }

    /// Whether the package is the workspace's own. Others may not take over an existing segment.
    private var isOwn: Bool { WorkspaceLayout.isOwn(folder, in: document.workspace.root) }

    private func checkName(_ tree: Tree?, _ expected: String?) {
        guard let tree, let name = tree.text, let expected, name != expected else { return }
        let message = "the activation is named \(quoted(name)) but its folder \(quoted(expected)); give both the same name"
        findings.report(.nameMismatch, message, at: tree.position)
    }

    private func destination(_ name: String, _ position: SourcePosition, of activation: String, expectsBinding: Bool) -> Destination? {
        guard let shared = document.destinations[name] else {
            // Nothing is sent from a sample, so any destination will do.
            if purpose == .offline { return Destination(name: name, credential: .apiKey(.literal("")), audience: "0000000000") }
            let unknown = WorkspaceDocument.unknown("destination", name, among: document.destinations.keys.sorted())
            let hint =
                expectsBinding ? "; bind one to it: activations: { \(activation): { bind: { destination: NAME } } }" : ""
            findings.report(.unknownDestination, unknown + hint, at: position)
            return nil
        }
        if purpose == .run { findings.add(shared.unresolved) }
        return shared.value
    }

    private func email(_ tree: Tree, _ destination: Destination?) -> (field: String, position: SourcePosition?)? {
        if let mapped = tree["mapping"]?["email"] { return mapped.text.map { ($0, mapped.position) } }
        guard let destination else { return nil }
        if let defaultValue = destination.defaults.email { return (defaultValue, tree.entry("destination")?.value.position) }
        let message =
            "no field is set for the email address; add mapping: { email: FIELD }, or defaults: { email: FIELD } to the destination"
        findings.report(.missingKey, message, at: (tree.entry("mapping")?.keyPosition) ?? tree.position)
        return nil
    }

    private func checkOrder(_ name: String, _ other: String, _ tree: Tree) {
        let known = document.workspace.activationNames.filter { $0 != name }
        if other == name {
            findings.report(.badSchedule, "'after' names the activation itself; name another one", at: tree.position)
        } else if !known.contains(other) {
            findings.report(.unknownActivation, WorkspaceDocument.unknown("activation", other, among: known), at: tree.position)
        }
    }

    private func checkSource(_ subject: SubjectReader.Subject?) {
        guard let subject, let shared = subject.sharedSource, let source = subject.source else { return }
        findings.add(shared.unresolved)
        guard !shared.isIncomplete, !source.path.isEmpty, files.kind(source.path) != .file else { return }
        let what = files.kind(source.path) == nil ? "which does not exist" : "which is not a file"
        findings.report(.noSuchFile, "the source \(quoted(source.name)) reads \(quoted(source.path)), \(what)", at: shared.pathPosition)
    }
}
