import HooklineCore
import HooklineManifest

/// A workspace, and what read it.
package struct LoadedWorkspace: Sendable {
    package let loader: WorkspaceLoader
    package let document: WorkspaceDocument

    package var workspace: Workspace { document.workspace }
    /// The folder, an absolute path.
    package var root: String { document.workspace.root }
}
