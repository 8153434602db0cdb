import Foundation
import HooklineCore

/// Reads files of parameter values.
extension WorkspaceLoader {
    /// Reads a file of parameter values: a mapping from parameter names.
    package func values(of path: String) -> Loaded<[ParameterSetting]> {
        let findings = Findings()
        let absolute = ManifestFiles.absolute(path, in: FileManager.default.currentDirectoryPath)
        let advice = "a file of values has one value on each line: threshold: 200"
        guard let tree = tree(absolute, shownAs: path, advice, findings, content: advice) else { return Loaded(nil, findings) }
        ShapeChecker(findings: findings).check(tree, .named(.parameterName, .parameterValue), as: "a file of values")
        let settings = tree.entries.map { entry in
            ParameterSetting(
                name: entry.key, text: entry.value.text ?? "", list: entry.value.items?.compactMap(\.text), origin: "--values",
                position: entry.value.position, namePosition: entry.keyPosition)
        }
        return Loaded(settings, findings)
    }
}
