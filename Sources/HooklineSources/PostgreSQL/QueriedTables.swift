/// The tables that a query names, read from its text: no server is needed, nor any right on it.
enum QueriedTables {
    /// A piece of a statement.
    private enum Token: Equatable {
        /// A word without quotes, in lower case as SQL reads it, or a name in quotes.
        case word(String), name(String)
        case mark(UInt8)

        var text: String? {
            switch self {
            case .word(let text), .name(let text): text
            case .mark: nil
            }
        }

        func isWord(_ words: String...) -> Bool { if case .word(let text) = self { words.contains(text) } else { false } }
        func isMark(_ mark: Character) -> Bool { self == .mark(mark.asciiValue ?? 0) }
    }

    /// One level of parentheses.
    private struct Level {
        var isQuery = false
        /// Whether a table comes next.
        var wantsTable = false
        /// Whether a comma is followed by another table.
        var isInFrom = false
    }

    /// The names behind FROM and JOIN, as parts between dots, each once and sorted; neither functions nor names that WITH defines.
    static func names(in sql: String) -> [[String]] {
        let tokens = tokens(of: sql)
        let defined = Set(
            tokens.indices.compactMap { index -> String? in
                guard let name = tokens[index].text else { return nil }
                return isDefined(at: index + 1, tokens) ? name : nil
            })
        var levels = [Level()]
        var found: Set<[String]> = []
        var (index, isFirst) = (0, true)
        while index < tokens.count {
            let token = tokens[index]
            let last = levels.count - 1
            defer { index += 1 }
            if token.isMark("(") {
                // In FROM (a JOIN b …), a table may come next in the parentheses, too.
                levels.append(Level(isQuery: false, wantsTable: levels[last].wantsTable, isInFrom: levels[last].wantsTable))
                levels[last].wantsTable = false
                isFirst = true
                continue
            }
            if token.isMark(")") {
                if levels.count > 1 { levels.removeLast() }
                continue
            }
            if isFirst, token.isWord("select", "with", "values") { levels[last] = Level(isQuery: true) }
            isFirst = false
            if token.isMark(",") {
                levels[last].wantsTable = levels[last].isInFrom
            } else if token.isWord("from"), levels[last].isQuery, index == 0 || !tokens[index - 1].isWord("distinct") {
                (levels[last].wantsTable, levels[last].isInFrom) = (true, true)
            } else if token.isWord("join") {
                levels[last].wantsTable = true
            } else if token.isWord(
                "where", "group", "order", "having", "limit", "window", "union", "intersect", "except", "on", "offset", "fetch")
            {
                levels[last].isInFrom = levels[last].isInFrom && token.isWord("on")
                levels[last].wantsTable = false
            } else if levels[last].wantsTable, let first = token.text, !token.isWord("only", "lateral") {
                var parts = [first]
                while index + 2 < tokens.count, tokens[index + 1].isMark("."), let part = tokens[index + 2].text {
                    parts.append(part)
                    index += 2
                }
                let isFunction = index + 1 < tokens.count && tokens[index + 1].isMark("(")
                if !isFunction, parts.count > 1 || !defined.contains(first) { found.insert(parts) }
                levels[last].wantsTable = false
            }
        }
        return found.sorted { $0.joined(separator: ".") < $1.joined(separator: ".") }
    }

    /// Whether `AS (` or `(a, b) AS (`, perhaps with MATERIALIZED, follows.
    private static func isDefined(at start: Int, _ tokens: [Token]) -> Bool {
        var at = start
        if at < tokens.count, tokens[at].isMark("("), let end = tokens[at...].firstIndex(where: { $0.isMark(")") }) { at = end + 1 }
        guard at < tokens.count, tokens[at].isWord("as") else { return false }
        at += 1
        while at < tokens.count, tokens[at].isWord("not", "materialized") { at += 1 }
        return at < tokens.count && tokens[at].isMark("(")
    }

    private static func tokens(of sql: String) -> [Token] {
        let bytes = Array(sql.utf8)
        var tokens: [Token] = []
        var at = 0
        while at < bytes.count {
            let next = StatementText.skip(bytes, at)
            if next > at {
                if bytes[at] == UInt8(ascii: "\"") {
                    let name = String(decoding: bytes[(at + 1)..<max(at + 1, next - 1)], as: UTF8.self)
                    if at > 0, bytes[at - 1] == UInt8(ascii: "\""), case .name(let before)? = tokens.last {
                        // A doubled quote is one quote of the same name.
                        tokens[tokens.count - 1] = .name(before + "\"" + name)
                    } else {
                        tokens.append(.name(name))
                    }
                }
                at = next
            } else if StatementText.isPartOfName(bytes[at]) {
                let start = at
                while at < bytes.count, StatementText.isPartOfName(bytes[at]) { at += 1 }
                tokens.append(.word(String(decoding: bytes[start..<at], as: UTF8.self).lowercased()))
            } else {
                if bytes[at] > 0x20 { tokens.append(.mark(bytes[at])) }
                at += 1
            }
        }
        return tokens
    }
}
