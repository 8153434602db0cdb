import HooklineCore

extension SourceConfiguration {
    /// A file of users in place of an activation's source: JSONL if its name says so, CSV otherwise.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - name: what messages call it; nil for the path.
    init(sample path: String, name: String? = nil) {
        self.init(name: name ?? path, kind: path.hasSuffix(".jsonl") ? .jsonl : .csv, path: path)
    }
}
