import Foundation
import HooklineCore

/// The passwords and tokens of a source, which drivers and servers put into their messages.
struct SecretWords {
    /// The longest first, because one may be part of another.
    private let words: [String]

    init(_ settings: DriverSettings) {
        var found = [settings.password?.text, settings.url?.text].compactMap { $0 } + settings.secrets.map(\.value.text)
        if let url = settings.url?.text {
            let settings = url.contains("://") ? [] : ODBCConnectionText.settings(in: url)
            found += settings.filter { !ODBCConnectionText.identifying.contains($0.name.lowercased()) }.map(
                \.value)
            found += Self.passwords(in: url)
        }
        found += found.flatMap { [ODBCConnectionText.quoted($0), $0.removingPercentEncoding ?? $0] }
        words = Set(found.filter { !$0.isEmpty }).sorted { ($0.count, $0) > ($1.count, $1) }
    }

    // Of a URL, with a scheme or without (`USER:PASSWORD@HOST`), also of one that is not quite right; and of settings with a name.
    private static var inURL: Regex<(Substring, Substring, Substring)> { /^((?:[A-Za-z0-9+.\-]+:\/\/)?[^:@\/]*):(?!\/\/)(.*)@/ }
    private static var named: Regex<(Substring, Substring, Substring)> {
        /(?i)((?:password|passwd|pwd|token|secret)\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&;']+)/
    }

    private static func passwords(in url: String) -> [String] {
        (url.matches(of: inURL) + url.matches(of: named)).map { $0.2.trimmingCharacters(in: CharacterSet(charactersIn: "'")) }
    }

    /// A URL, or settings, without passwords.
    static func removed(from url: String) -> String {
        url.replacing(inURL) { "\($0.1)@" }.replacing(named) { $0.1 }
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
