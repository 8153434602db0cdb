import Foundation
import Testing

@Suite("Words that gave way to the field's standard terms")
struct RetiredWordsTests {
    /// Written in two parts, so that this file does not contain them.
    private static let words = [
        "bra" + "ke", "cour" + "ier", "err" + "and", "set" + "back", "look" + "out", "pass" + "age", "hook" + " lane", "hook" + "Lane",
        "int" + "ake", "ta" + "lly", "log" + "book", "surround" + "ings", "up" + "keep", "stand-in" + " lookup", "standIn" + "Lookup",
        "sh" + "elf", "gla" + "nce", "vocabu" + "lary", "lua" + "News", "give" + "Up", "dear" + "est",
    ]

    /// Any of the words at the beginning of a word, or of a capitalized part of a name; and the old prefix of names for defaults.
    private static let pattern: String = {
        let capitalized = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return "(?<![A-Za-z])(?:\(words.joined(separator: "|")))|\(capitalized.joined(separator: "|"))|" + "usu" + "al[A-Z]"
    }()

    @Test(
        "are in no source, test, document or script",
        arguments: Repository.files(
            in: ["Sources", "Tests", "docs", "scripts", "Benchmarks"], extensions: ["swift", "c", "h", "lua", "md", "yaml", "sh"])
            + ["README.md", "CONTRIBUTING.md", "SECURITY.md", "Package.swift"])
    func noRetiredWords(_ path: String) throws {
        let text = try Repository.text(path)
        let found = text.range(of: Self.pattern, options: .regularExpression)
        #expect(found == nil, "\(path) has '\(found.map { text[$0] } ?? "")'")
    }
}
