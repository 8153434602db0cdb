import HooklineCore
import HooklineEngine
import HooklineManifest
import HooklineSources

/// A segment that somebody asks about, and the activation that says who its users are.
package struct SegmentSubject: Sendable {
    /// The name that was asked for.
    package let name: String
    /// The activation: of that name, or what the destination's defaults make of the workspace's segment.
    package let activation: Activation
    /// Whether the activation exists; a segment of the workspace need not have one.
    package let isActivated: Bool
}

/// Asks about segments.
package struct SegmentRequest: Sendable {
    /// Names of the workspace's segments, or of activations.
    package var names: [String]
    /// The destination whose default settings count for a segment without an activation; nil for the only one.
    package var destination: String?
    package var parameters = ParameterChoices()
    /// How many threads read a source.
    package var threads = RunChoices().threads

    package init(_ names: [String]) {
        self.names = names
    }
}

extension App {
    /// Finds a segment by its name.
    ///
    /// A name may be that of a segment of the workspace and of an activation. If the activation keeps this segment, its consent and its
    /// address count; if it keeps another one, the name is the segment's.
    ///
    /// - Parameters:
    ///   - name: of a segment of the workspace, or of an activation.
    ///   - request: what else was asked.
    ///   - workspace: where it is.
    /// - Returns: the segment with its activation.
    /// - Throws: `manifest.unknown_segment`; `manifest.unknown_destination` if there are several, and none was named; `IssuesFound`,
    ///   `PackageError`.
    func segment(_ name: String, _ request: SegmentRequest, in workspace: LoadedWorkspace) throws -> SegmentSubject {
        let settings = try settings(request.parameters, workspace.loader)
        let document = workspace.document
        let isShared = document.sharedSegmentNames.contains(name)
        let isPath = name.contains("/") || name.hasSuffix(".hookpack")
        if isPath || document.workspace.activationNames.contains(name) {
            let location = try location(name, in: workspace)
            let kept = location.value.flatMap { workspace.loader.manifest(of: $0).partial?.sharedSegment }
            if !isShared || kept == name, request.destination == nil {
                let activation = try usable(activation(name, settings, in: workspace, purpose: .reading))
                return SegmentSubject(name: name, activation: activation, isActivated: true)
            }
        }
        guard isShared else { throw IssuesFound([document.unknownSegment(name)]) }
        let destination = try destination(named: request.destination, in: workspace)
        let manifest = SegmentActivation(segment: name, destination: destination)
        let activation = try usable(workspace.loader.activation(manifest, in: document, purpose: .reading))
        return SegmentSubject(name: name, activation: activation, isActivated: false)
    }

    /// The name of the destination, which need not be usable.
    func destination(named name: String?, in workspace: LoadedWorkspace) throws -> String {
        let names = workspace.document.destinationNames
        if let name {
            guard names.contains(name) else { throw IssuesFound(workspace.document.destination(named: name).issues) }
            return name
        }
        if names.count == 1 { return names[0] }
        throw AppError(
            .unnamedDestination,
            names.isEmpty
                ? "the workspace has no destination; add one to hookline.yaml"
                : "name a destination with --destination; there are \(names.joined(separator: ", "))")
    }

    /// Reads a segment's rows; `fields` are read besides those that the rules use.
    func pass(_ subject: SegmentSubject, _ request: SegmentRequest, fields: [String] = []) -> SegmentPass {
        var activation = subject.activation.readingOnlyUsed(by: nil)
        activation.model.used?.formUnion(fields)
        let source = SourceFactory.source(activation.source, model: activation.model)
        return SegmentPass(activation, source, threads: request.threads, now: clock.now)
    }
}
