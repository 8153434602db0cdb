import HooklineCore
import Text

/// Reads `lookups:` of a binding and of a test: what stands for files that the package has in `lookups/`.
struct LookupsReader {
    let findings: Findings
    let files: ManifestFiles
    /// The package's folder, an absolute path.
    let folder: String
    /// How bad a name is that the package does not have.
    var strangers = Issue.Severity.error

    /// One for each entry that names a file of the package; the others are reported.
    func read(_ tree: Tree?, _ content: (_ name: String, _ said: Tree) -> LookupOverride.Content?) -> [LookupOverride] {
        let own = found(in: "")
        return (tree?.entries ?? []).compactMap { entry in
            guard entry.value.text != nil else { return nil }
            guard own.contains(entry.key) else {
                let there = own.isEmpty ? "it has none" : "it has \(enumerated(own))"
                findings.report(
                    .noSuchFile,
                    "the package has no file \(quoted(entry.key)) in lookups/; \(there)\(NearestName.hint(entry.key, among: own))",
                    at: entry.keyPosition, severity: strangers)
                return nil
            }
            return content(entry.key, entry.value).map { LookupOverride(name: entry.key, content: $0, position: entry.value.position) }
        }
    }

    /// The package's files below a folder of `lookups/`, as scripts name them: hidden ones and links are none.
    private func found(in path: String) -> [String] {
        let location = "\(folder)/lookups\(path)"
        return files.names(location).filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
            let (file, real) = ("\(location)/\(name)", files.realPath("\(folder)/lookups"))
            guard files.realPath(file) == "\(real)\(path)/\(name)" else { return [] }
            return files.kind(file) == .folder ? found(in: "\(path)/\(name)") : [String("\(path)/\(name)".dropFirst())]
        }
    }
}
