import Foundation
import HooklineCore

/// The passwords and tokens of a source, which drivers and servers put into their messages.
struct SecretWords {
    /// The longest first, because one may be part of another.
    private let words: [String]

    init(_ settings: DriverSettings) {
        var found = [settings.password?.text, settings.url?.text].compactMap { $0 } + settings.secrets.map(\.value.text)
        if let url = settings.url?.text {
            found += ODBCConnectionText.settings(in: url).filter { !ODBCConnectionText.identifying.contains($0.name.lowercased()) }.map(
                \.value)
            found += Self.passwords(in: url)
        }
        found += found.flatMap { [ODBCConnectionText.quoted($0), $0.removingPercentEncoding ?? $0] }
        words = Set(found.filter { !$0.isEmpty }).sorted { ($0.count, $0) > ($1.count, $1) }
    }

    /// The passwords of a URL, also of one that is not quite right, and of settings with blanks between them.
    private static func passwords(in url: String) -> [String] {
        var found: [String] = []
        if let scheme = url.range(of: "://"), let at = url[scheme.upperBound...].lastIndex(of: "@"),
            let colon = url[scheme.upperBound..<at].firstIndex(of: ":")
        {
            found.append(String(url[url.index(after: colon)..<at]))
        }
        for match in url.matches(of: /(?i)(?:password|pwd|token|secret)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|([^\s&;]+))/) {
            found += [match.1, match.2].compactMap { $0.map(String.init) }
        }
        return found
    }

    /// The text with `…` in the place of each secret. A short one counts only where no letter or digit is beside it.
    func hidden(in text: String) -> String {
        words.reduce(text) { text, word in
            if word.count >= 4 { return text.replacing(word, with: "…") }
            var (done, rest) = ("", text[...])
            while let range = rest.range(of: word) {
                let before = (done + rest[..<range.lowerBound]).last
                let isAlone = ![before, rest[range.upperBound...].first].contains { $0.map { $0.isLetter || $0.isNumber } ?? false }
                done += rest[..<range.lowerBound] + (isAlone ? "…" : word)
                rest = rest[range.upperBound...]
            }
            return done + rest
        }
    }
}
