import Foundation

/// What a page shows of a command's output, held against what was printed.
struct ShownOutput {
    let lines: [String]

    /// What was printed for each shown line, and the first shown line that was not printed where it stands; nil when all were.
    ///
    /// Lines follow one another as on the page; a line `…` stands for any lines. Runs, times, digests and signers differ from one day to the
    /// next and count as equal, and so do the widths of tables.
    func found(in printed: String) -> (lines: [String], missing: String?) {
        let printed = printed.components(separatedBy: "\n")
        var found: [String] = []
        var next = 0
        var mayJump = true
        for line in lines {
            if line.trimmingCharacters(in: .whitespaces) == "…" {
                mayJump = true
                continue
            }
            let candidates = next..<(mayJump ? printed.count : min(next + 1, printed.count))
            guard let index = candidates.first(where: { Self.matches(line, Self.plain(printed[$0])) }) else { return (found, line) }
            found.append(printed[index])
            (next, mayJump) = (index + 1, false)
        }
        return (found, nil)
    }

    private static func matches(_ shown: String, _ printed: String) -> Bool {
        let pattern = plain(shown).components(separatedBy: "…").map { NSRegularExpression.escapedPattern(for: $0) }.joined(separator: ".*")
        return printed.range(of: "^\(pattern)$", options: .regularExpression) != nil
    }

    private static func plain(_ line: String) -> String {
        let rules = [
            ("[0-9]{8}-[0-9]{6}-[0-9a-f]{8}", "RUN"), ("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z", "TIME"),
            ("sha256:[0-9a-f]*…?", "DIGEST"), ("ed25519:[A-Za-z0-9+/=]*…?", "SIGNER"), ("127\\.0\\.0\\.1:[0-9]+", "SIMULATOR"),
            ("\\b[0-9]+(\\.[0-9]+)? s\\b", "SECONDS"), (" [0-9]+\\.[0-9]+$", " SECONDS"), ("by [^ ]+@[^ ]+:", "by PERSON:"),
            (" +", " "), (" $", ""),
        ]
        return rules.reduce(line) { $0.replacingOccurrences(of: $1.0, with: $1.1, options: .regularExpression) }
    }
}
