/// Finds the known name that someone probably meant.
package enum NearestName {
    /// The candidate with the fewest edits from `name`, when few enough to be a slip; nil otherwise.
    ///
    /// At most a third of the letters may differ (one is always allowed); case does not count as an edit. Where none is that near, the
    /// longest name of three letters or more that `name` begins with: `length` means `len`.
    package static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased())
        guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
        let candidates = Array(candidates)
        var best: (name: String, edits: Int)?
        for candidate in candidates where candidate != name && candidate.count <= 64 {
            let edits = distance(wanted, Array(candidate.lowercased()))
            if edits <= max(1, wanted.count / 3), edits < (best?.edits ?? .max) { best = (candidate, edits) }
        }
        if let best { return best.name }
        return candidates.filter { $0 != name && $0.count >= 3 && wanted.starts(with: Array($0.lowercased())) }.max { $0.count < $1.count }
    }

    /// `; did you mean 'x'?`, or nothing: to end a message with.
    package static func hint(_ name: String, among candidates: some Sequence<String>) -> String {
        of(name, among: candidates).map { "; did you mean '\($0.onOneLine)'?" } ?? ""
    }

    /// Edits between two words: insert, delete, replace, and swap of neighbours.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforePrevious = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for i in left.indices {
            var current = [Int](repeating: i + 1, count: right.count + 1)
            for j in right.indices {
                let replaced = previous[j] + (left[i] == right[j] ? 0 : 1)
                current[j + 1] = min(replaced, previous[j + 1] + 1, current[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    current[j + 1] = min(current[j + 1], beforePrevious[j - 1] + 1)
                }
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
