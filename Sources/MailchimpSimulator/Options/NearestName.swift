/// Finds the name that a misspelled word was probably meant to be.
enum NearestName {
    /// `; did you mean 'x'?` if a name is close enough, otherwise the empty string.
    static func hint(for word: String, among names: [String]) -> String {
        let ranked = names.map { ($0, distance(Array(word.lowercased()), Array($0))) }
        guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(1, best.0.count / 3) else { return "" }
        return "; did you mean '\(best.0)'?"
    }

    /// The number of edits (insert, delete, replace) between two words.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var previous = Array(0...right.count)
        for (row, character) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                current.append(min(previous[column] + (character == other ? 0 : 1), previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
