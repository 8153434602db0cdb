import HooklineCore
import Text

/// Reads `lookups:` of a binding or a test: what replaces the package's files in `lookups/`.
struct LookupsReader {
    let findings: Findings
    let files: ManifestFiles
    /// The package's folder, an absolute path.
    let folder: String
    /// The severity of names that the package does not have.
    var unknownNames = Issue.Severity.error

    /// Reads the overrides, one for each entry that names a file of the package; reports the others.
    func read(_ tree: Tree?, _ content: (_ name: String, _ value: Tree) -> LookupOverride.Content?) -> [LookupOverride] {
        let own = found(in: "")
        return (tree?.entries ?? []).compactMap { entry in
            guard entry.value.text != nil else { return nil }
            guard own.contains(entry.key) else {
                let there = own.isEmpty ? "it has none" : "it has \(enumerated(own))"
                findings.report(
                    .noSuchFile,
                    "the package has no file \(quoted(entry.key)) in lookups/; \(there)\(NearestName.hint(entry.key, among: own))",
                    at: entry.keyPosition, severity: unknownNames)
                return nil
            }
            return content(entry.key, entry.value).map { LookupOverride(name: entry.key, content: $0, position: entry.value.position) }
        }
    }

    /// The package's files below a folder of `lookups/`, as scripts name them, without hidden files and links.
    private func found(in path: String) -> [String] {
        let location = "\(folder)/lookups\(path)"
        return files.names(location).filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
            let (file, real) = ("\(location)/\(name)", files.realPath("\(folder)/lookups"))
            guard files.realPath(file) == "\(real)\(path)/\(name)" else { return [] }
            return files.kind(file) == .folder ? found(in: "\(path)/\(name)") : [String("\(path)/\(name)".dropFirst())]
        }
    }
}
