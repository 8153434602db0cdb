import HooklineCore

/// A YAML value as written: the text of scalars, and the position of everything.
///
/// Nothing is interpreted: `NO`, `007` and `1e3` are the texts that someone typed, and the reader of a key decides what they mean.
struct Tree: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        let key: String
        let keyPosition: SourcePosition
        let value: Tree
    }

    enum Content: Equatable, Sendable {
        case null
        case scalar(String)
        case list([Tree])
        /// The keys in the file's order, each once.
        case mapping([Entry])
    }

    let content: Content
    let position: SourcePosition
    /// Whether it is a scalar that stands without quotes.
    var isPlain = false

    /// A scalar's text; nil for anything else, including null.
    var text: String? {
        guard case .scalar(let text) = content else { return nil }
        return text
    }

    var isNull: Bool { content == .null }

    /// The items of a list; nil for anything else.
    var items: [Tree]? {
        guard case .list(let items) = content else { return nil }
        return items
    }

    /// The entries of a mapping; empty for anything else.
    var entries: [Entry] {
        guard case .mapping(let entries) = content else { return [] }
        return entries
    }

    var isMapping: Bool {
        guard case .mapping = content else { return false }
        return true
    }

    /// A scalar as a value of a rule, which is of the kind that it looks like where nobody put it in quotes; nil for anything else.
    var literal: Literal? { text.map { isPlain ? Literal(plain: $0) : Literal($0, .text) } }

    /// True or false as YAML 1.2 writes them (§10.3.2); nil for anything else.
    var boolean: Bool? {
        switch text {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }

    subscript(key: String) -> Tree? { entry(key)?.value }

    func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }

    /// The value as a message shows it: `'abc'`, `a list`, `a mapping` or `nothing`.
    var found: String {
        switch content {
        case .null: "nothing"
        case .scalar(let text): quoted(text)
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The kind of value, for values that no message may show.
    var foundKind: String {
        if case .scalar = content { return "a text" }
        return found
    }
}
