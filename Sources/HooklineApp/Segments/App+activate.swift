import Foundation
import HooklineCore
import HooklineManifest
import HooklinePackages

/// Asks for an activation of a segment of the workspace.
package struct ActivateRequest: Sendable {
    /// The segment's name in the workspace.
    package let segment: String
    /// The activation's name; nil for one made of the segment's.
    package var name: String?
    /// Nil for the only one.
    package var destination: String?
    /// What overrides the destination's default settings; nil leaves them.
    package var email, schedule, every, timezone: String?

    package init(_ segment: String) {
        self.segment = segment
    }
}

/// An activation that was made of a segment: the shape of `activate --json`, without the run.
package struct ActivatedSegment: Encodable, Sendable {
    package let activation: String
    package let segment: String
    /// Its folder, an absolute path.
    package let folder: String
    /// The settings, and where each comes from.
    package let settings: [SettingInForce]
}

extension App {
    /// Makes an activation of a segment of the workspace, with the default settings of its destination, and checks it. If it cannot run,
    /// nothing is left of it.
    ///
    /// - Throws: `manifest.unknown_segment`, `manifest.unknown_destination`, `scaffold.exists`, `scaffold.cannot_write`, `package.taken`,
    ///   `IssuesFound` with everything that is wrong with it, another activation of that segment name included.
    package func activate(_ request: ActivateRequest) async throws -> ActivatedSegment {
        let workspace = try workspace()
        let document = workspace.document
        guard document.sharedSegmentNames.contains(request.segment) else {
            throw IssuesFound([document.unknownSharedSegment(request.segment)])
        }
        var manifest = SegmentActivation(
            name: request.name, segment: request.segment, destination: try destination(named: request.destination, in: workspace))
        _ = try NewPackageRequest(manifest.name, from: .template(.basic))
        (manifest.email, manifest.schedule, manifest.every, manifest.timezone) =
            (request.email, request.schedule, request.every, request.timezone)
        let folder = WorkspaceLayout.activation(manifest.name, in: workspace.root)
        if try PackageStore(root: workspace.root).pins().packages[manifest.name] != nil {
            throw PackageError(
                .taken,
                "'\(manifest.name)' is installed in packages/, and a workspace has one activation of a name; choose another with --name")
        }
        let activation = try usable(workspace.loader.activation(manifest, in: document, purpose: .run))
        let isNew = !FileManager.default.fileExists(atPath: folder)
        try Scaffold(root: folder).write([(WorkspaceLayout.manifest, manifest.yaml)])
        do {
            let errors = try await check(CheckRequest([manifest.name])).issues.filter { $0.severity == .error }
            if !errors.isEmpty { throw IssuesFound(errors) }
        } catch {
            try? FileManager.default.removeItem(atPath: isNew ? folder : "\(folder)/\(WorkspaceLayout.manifest)")
            throw error
        }
        return ActivatedSegment(
            activation: manifest.name, segment: request.segment, folder: folder,
            settings: SettingInForce.all(of: activation, written: manifest.keys, sharedSegment: request.segment, binding: []))
    }
}
