import HooklineCore
import HooklineManifest

/// Values for an activation's parameters that a request brings with it.
package struct ParameterChoices: Sendable {
    /// Values that come before everything else; of several for one parameter the last counts.
    package var settings: [ParameterSetting]
    /// A YAML file of values, which come before those of the workspace.
    package var file: String?

    package init(settings: [ParameterSetting] = [], file: String? = nil) {
        self.settings = settings
        self.file = file
    }
}

extension ParameterSetting {
    /// Reads `name=value`.
    ///
    /// - Parameters:
    ///   - assignment: the text.
    ///   - origin: where it was said, for messages, such as `--set`.
    /// - Throws: `manifest.bad_setting`.
    package init(_ assignment: String, origin: String) throws(AppError) {
        guard let mark = assignment.firstIndex(of: "="), mark > assignment.startIndex else {
            throw AppError(.badSetting, "\(origin) '\(assignment)' sets nothing: write \(origin) name=value")
        }
        self.init(name: String(assignment[..<mark]), text: String(assignment[assignment.index(after: mark)...]), origin: origin)
    }
}

extension App {
    /// All values of a request, those that count most at the end.
    ///
    /// - Throws: `IssuesFound` with everything that is wrong with the file.
    func settings(_ choices: ParameterChoices, _ loader: WorkspaceLoader) throws(IssuesFound) -> [ParameterSetting] {
        let file = if let path = choices.file { try usable(loader.values(of: path)) } else { [ParameterSetting]() }
        return file + choices.settings
    }
}
