import HooklineCore
import HooklineManifest
import HooklinePackages

/// Asks when activations are due.
package struct ScheduleRequest: Sendable {
    /// Nil for every activation of the workspace, installed packages included.
    package var activation: String?
    /// How many times to list, 1 to 1,000.
    package var count = 10
    /// The moment after which to look, in Unix seconds; nil for now.
    package var start: Int64?

    package init(_ activation: String? = nil) {
        self.activation = activation
    }
}

extension App {
    /// When activations are due.
    ///
    /// - Throws: `manifest.unknown_activation`; `IssuesFound` with everything that is wrong with the workspace or an activation.
    package func schedule(_ request: ScheduleRequest) throws -> [ActivationSchedule] {
        let workspace = try workspace()
        let names = request.activation.map { [$0] } ?? workspace.document.workspace.activationNames
        let start = request.start ?? clock.now()
        return try names.map { name in
            ActivationSchedule(
                try usable(activation(name, [], in: workspace, purpose: .reading)), after: start, count: request.count)
        }
    }
}
