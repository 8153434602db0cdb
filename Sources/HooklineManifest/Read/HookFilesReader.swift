import HooklineCore
import Text

/// Reads `hooks:`, the paths of scripts inside the package's folder.
struct HookFilesReader {
    let findings: Findings
    let files: ManifestFiles
    /// The package's folder.
    let folder: String

    /// Reads the paths of the scripts relative to the folder, in order.
    func read(_ tree: Tree?) -> [String] {
        guard let tree else { return [] }
        var paths: [String] = []
        for item in tree.items ?? [tree] {
            guard let path = item.text, !path.isEmpty else { continue }
            if paths.contains(path) {
                findings.report(.wrongValue, "the script \(quoted(path)) is listed twice; list each script once", at: item.position)
            } else if isInside(path, item.position) {
                paths.append(path)
            }
        }
        return paths
    }

    private func isInside(_ path: String, _ position: SourcePosition) -> Bool {
        let steps = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !path.hasPrefix("/"), !path.contains("\\"), !path.contains("\0"), !steps.contains(".."), !steps.contains("") else {
            let message =
                "\(quoted(path)) is not inside the package; write the path relative to the package's folder, without '..'"
            findings.report(.outsidePackage, message, at: position)
            return false
        }
        let absolute = "\(folder)/\(path)"
        guard files.kind(absolute) == .file else {
            let scripts = files.names(folder).filter { $0.hasSuffix(".lua") }
            let there = scripts.isEmpty ? "the folder has no .lua file" : "the folder has \(enumerated(scripts))"
            let message = "there is no script \(quoted(path)) in the package; \(there)\(NearestName.hint(path, among: scripts))"
            findings.report(.noSuchFile, message, at: position)
            return false
        }
        guard files.realPath(absolute).hasPrefix(files.realPath(folder) + "/") else {
            findings.report(
                .outsidePackage, "\(quoted(path)) is a link out of the package; put the script itself there", at: position)
            return false
        }
        return true
    }
}
