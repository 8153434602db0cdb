import HooklineCore

extension SourceConfiguration {
    /// A file of users in place of an activation's source: JSONL by its ending, else CSV.
    ///
    /// - Parameter name: what messages call it; the path when nil.
    init(sample path: String, name: String? = nil) {
        self.init(name: name ?? path, kind: path.hasSuffix(".jsonl") ? .jsonl : .csv, path: path)
    }
}
