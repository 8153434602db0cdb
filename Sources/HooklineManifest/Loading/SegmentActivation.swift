import HooklineCore
import Text

/// The manifest of an activation that keeps a segment of the workspace with the settings of its destination.
package struct SegmentActivation: Sendable {
    /// The activation's name.
    package var name: String
    /// The segment's name in the workspace.
    package var segment: String
    package var destination: String
    package var email: String?
    package var schedule: String?
    package var every: String?
    package var timezone: String?

    package init(name: String? = nil, segment: String, destination: String) {
        self.name = name ?? Self.activationName(of: segment)
        self.segment = segment
        self.destination = destination
    }

    /// The text of the manifest.
    package var yaml: String {
        var lines = [
            "hookline: 1", "name: \(YAMLText.quoted(name))", "version: 0.1.0",
            "segment: \(YAMLText.quoted(segment))", "destination: \(YAMLText.quoted(destination))",
        ]
        if let email { lines.append("mapping: { email: \(YAMLText.quoted(email)) }") }
        for (key, value) in [("schedule", schedule), ("every", every), ("timezone", timezone)] {
            if let value { lines.append("\(key): \(YAMLText.quoted(value))") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The keys of the manifest.
    package var keys: Set<String> {
        let optional = [("mapping", email), ("schedule", schedule), ("every", every), ("timezone", timezone)]
        return Set(optional.compactMap { $1 == nil ? nil : $0 }).union(["segment", "destination"])
    }

    /// The name of an activation for a segment, which may have more kinds of characters.
    private static func activationName(of segment: String) -> String {
        let allowed = segment.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let name = String(allowed.drop { $0 == "-" }.prefix(64))
        return name.isEmpty ? "segment" : name
    }
}

extension WorkspaceLoader {
    /// Reads what an activation of a workspace's segment would be, without a file.
    ///
    /// - Parameters:
    ///   - manifest: its manifest.
    ///   - document: the workspace.
    ///   - purpose: what the activation is needed for.
    /// - Returns: the activation as far as it could be read, and all issues.
    package func activation(
        _ manifest: SegmentActivation, in document: WorkspaceDocument, purpose: ActivationPurpose
    ) -> Loaded<Activation> {
        let findings = Findings()
        let root = document.workspace.root
        let folder = WorkspaceLayout.activation(manifest.name, in: root)
        let file = "\(WorkspaceLayout.activations)/\(manifest.name)/\(WorkspaceLayout.manifest)"
        guard let tree = TreeComposer(file: file, findings: findings).compose(Array(manifest.yaml.utf8)) else {
            return Loaded(nil, findings.issues)
        }
        let reader = ActivationReader(
            findings: findings, files: files, document: document, folder: folder, file: file, purpose: purpose)
        return Loaded(reader.read(tree, expectedName: manifest.name, settings: []), findings.issues)
    }
}

extension WorkspaceDocument {
    /// The names of the destinations, sorted, whether or not they can be used.
    package var destinationNames: [String] { destinations.keys.sorted() }
    /// The names of the workspace's segments, sorted.
    package var sharedSegmentNames: [String] { segments.keys.sorted() }

    /// Says that no segment has a name.
    package func unknownSharedSegment(_ name: String) -> Issue {
        Issue(.unknownSegment, Self.unknown("segment", name, among: sharedSegmentNames), at: nil)
    }

    /// The keys of an activation's `bind:`.
    package func boundKeys(of activation: String) -> Set<String> { Set((bindings[activation]?.entries ?? []).map(\.key)) }

    /// Says that neither a segment nor an activation has a name.
    package func unknownSegment(_ name: String) -> Issue {
        let known = Set(sharedSegmentNames + workspace.activationNames).sorted()
        return Issue(.unknownSegment, Self.unknown("segment or activation", name, among: known), at: nil)
    }
}
