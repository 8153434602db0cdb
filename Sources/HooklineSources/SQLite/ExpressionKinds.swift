import HooklineCore

/// Checks that an SQL expression compares and calculates with values of known, equal kinds.
///
/// SQLite itself compares anything with anything: text is greater than every number, and in arithmetic `'1,900'` is 1. The expression must
/// be one that SQLite accepts, so only kinds are checked here, not grammar. Operators bind as in https://www.sqlite.org/lang_expr.html.
struct ExpressionKinds {
    /// What is wrong with an expression that `CalculationCheck` accepts, over columns with their final types; nil if it is fine.
    static func fault(in expression: String, over columns: [Column]) -> ExpressionFault? {
        var kinds = ExpressionKinds(tokens: ExpressionToken.all(in: expression), columns: [:])
        for column in columns where kinds.columns[column.name.lowercased()] == nil { kinds.columns[column.name.lowercased()] = column }
        do throws(ExpressionFault) {
            _ = try kinds.value(Power.or)
            return kinds.at == kinds.tokens.count ? nil : .unclear("'\(kinds.tokens[kinds.at].described)'")
        } catch {
            return error
        }
    }

    /// How tightly operators bind.
    private enum Power {
        static let or = 0
        static let and = 1
        static let not = 2
        static let equality = 3
        static let order = 4
        static let escape = 5
        static let bits = 6
        static let sum = 7
        static let product = 8
        static let concatenation = 9
        static let collation = 10
        static let sign = 11
    }

    private let tokens: [ExpressionToken]
    private var columns: [String: Column]
    private var at = 0
    private var depth = 0
    private static let deepest = 100

    private init(tokens: [ExpressionToken], columns: [String: Column]) {
        (self.tokens, self.columns) = (tokens, columns)
    }

    // MARK: Tokens

    private var next: ExpressionToken? { at < tokens.count ? tokens[at] : nil }

    private func isWord(_ word: String, ahead: Int = 0) -> Bool {
        guard at + ahead < tokens.count, case .word(let found) = tokens[at + ahead] else { return false }
        return found.uppercased() == word
    }

    private mutating func take(_ symbol: String) -> Bool {
        guard next == .symbol(symbol) else { return false }
        at += 1
        return true
    }

    private mutating func takeWord(_ word: String) -> Bool {
        guard isWord(word) else { return false }
        at += 1
        return true
    }

    private mutating func expect(_ isThere: Bool) throws(ExpressionFault) {
        if !isThere { throw unclear }
    }

    private var unclear: ExpressionFault { .unclear(next.map { "'\($0.described)'" } ?? "an unexpected end") }

    // MARK: Operators

    private mutating func value(_ power: Int) throws(ExpressionFault) -> ExpressionValue {
        // SQLite reads deeper parentheses than the stack of a thread holds.
        depth += 1
        defer { depth -= 1 }
        if depth > Self.deepest { throw .unclear("more than \(Self.deepest) levels of parentheses") }
        var left = try prefix()
        while let longer = try more(after: left, power) { left = longer }
        return left
    }

    /// Reads one operator and what follows it; nil if no operator that binds tightly enough follows.
    private mutating func more(after left: ExpressionValue, _ power: Int) throws(ExpressionFault) -> ExpressionValue? {
        switch next {
        case .symbol(let symbol): return try more(after: left, symbol, power)
        case .word(let word): return try more(after: left, word: word.uppercased(), power)
        default: return nil
        }
    }

    private mutating func more(after left: ExpressionValue, _ symbol: String, _ power: Int) throws(ExpressionFault) -> ExpressionValue? {
        func right(_ own: Int) throws(ExpressionFault) -> ExpressionValue? {
            guard own >= power else { return nil }
            at += 1
            return try value(own + 1)
        }
        switch symbol {
        case "||": return try right(Power.concatenation) == nil ? nil : .text
        case "->", "->>": return try right(Power.concatenation) == nil ? nil : .unknown
        case "*", "/", "%": return try Self.calculated(left, symbol, right(Power.product))
        case "+", "-": return try Self.calculated(left, symbol, right(Power.sum))
        case "&", "|", "<<", ">>": return try Self.calculated(left, symbol, right(Power.bits))
        case "<", "<=", ">", ">=": return try Self.compared(left, symbol, right(Power.order), isOrder: true)
        case "=", "==", "<>", "!=": return try Self.compared(left, symbol, right(Power.equality), isOrder: false)
        default: return nil
        }
    }

    private static func calculated(_ left: ExpressionValue, _ user: String, _ right: ExpressionValue?) throws(ExpressionFault)
        -> ExpressionValue?
    {
        guard let right else { return nil }
        try left.checkNumber(for: user)
        try right.checkNumber(for: user)
        return .number
    }

    private static func compared(_ left: ExpressionValue, _ user: String, _ right: ExpressionValue?, isOrder: Bool) throws(ExpressionFault)
        -> ExpressionValue?
    {
        guard let right else { return nil }
        try left.check(against: right, by: user, isOrder: isOrder)
        return .boolean
    }

    private mutating func more(after left: ExpressionValue, word: String, _ power: Int) throws(ExpressionFault) -> ExpressionValue? {
        switch word {
        case "COLLATE":
            guard Power.collation >= power else { return nil }
            at += 2
            return left
        case "AND", "OR":
            let own = word == "AND" ? Power.and : Power.or
            guard own >= power else { return nil }
            at += 1
            try left.checkTruth(for: word)
            try value(own + 1).checkTruth(for: word)
            return .boolean
        case "ISNULL", "NOTNULL":
            guard Power.equality >= power else { return nil }
            at += 1
            return .boolean
        case "IS", "IN", "BETWEEN", "LIKE", "GLOB", "REGEXP", "MATCH", "NOT":
            guard Power.equality >= power else { return nil }
            at += 1
            if word == "IS" { return try isTest(left) }
            if word != "NOT" { return try test(left, word) }
            if takeWord("NULL") { return .boolean }
            guard case .word(let negated) = next else { throw unclear }
            at += 1
            return try test(left, negated.uppercased())
        default: return nil
        }
    }

    private mutating func isTest(_ left: ExpressionValue) throws(ExpressionFault) -> ExpressionValue? {
        _ = takeWord("NOT")
        if isWord("DISTINCT"), isWord("FROM", ahead: 1) { at += 2 }
        return try Self.compared(left, "IS", value(Power.equality + 1), isOrder: false)
    }

    private mutating func test(_ left: ExpressionValue, _ word: String) throws(ExpressionFault) -> ExpressionValue {
        switch word {
        case "IN":
            try expect(take("("))
            for item in try list() { try left.check(against: item, by: "IN", isOrder: false) }
        case "BETWEEN":
            let low = try value(Power.order)
            try expect(takeWord("AND"))
            let high = try value(Power.order)
            try left.check(against: low, by: "BETWEEN", isOrder: true)
            try left.check(against: high, by: "BETWEEN", isOrder: true)
        case "LIKE", "GLOB", "REGEXP", "MATCH":
            _ = try value(Power.order)
            if takeWord("ESCAPE") { _ = try value(Power.escape) }
        default: throw unclear
        }
        return .boolean
    }

    // MARK: Operands

    private mutating func prefix() throws(ExpressionFault) -> ExpressionValue {
        guard let token = next else { throw unclear }
        at += 1
        switch token {
        case .number(let text): return ExpressionValue(kind: .number, literal: text)
        case .text(let text): return ExpressionValue(kind: .text, literal: text)
        case .blob: return .unknown
        case .name(let name): return try column(name)
        case .word(let word): return try value(word: word)
        case .symbol("("):
            // A list in parentheses is a row value, which has no kind of its own.
            let values = try list()
            guard values.count == 1 else { throw .unclear("a list in parentheses") }
            return values[0]
        case .symbol("+"): return try value(Power.sign)
        case .symbol("-"):
            let operand = try value(Power.sign)
            try operand.checkNumber(for: "-")
            return ExpressionValue(kind: .number, literal: operand.literal.map { "-\($0)" })
        case .symbol("~"):
            try value(Power.sign).checkNumber(for: "~")
            return .number
        case .symbol:
            at -= 1
            throw unclear
        }
    }

    private mutating func value(word: String) throws(ExpressionFault) -> ExpressionValue {
        let upper = word.uppercased()
        switch upper {
        case "NULL": return .null
        case "NOT":
            try value(Power.not + 1).checkTruth(for: "NOT")
            return .boolean
        case "CASE": return try choice()
        case "CAST" where next == .symbol("("): return try cast()
        default: break
        }
        if take("(") {
            _ = takeWord("DISTINCT")
            return try ExpressionFunction.value(of: word.lowercased(), try list())
        }
        if columns[word.lowercased()] != nil { return try column(word) }
        switch upper {
        case "TRUE", "FALSE": return .boolean
        case "CURRENT_DATE": return ExpressionValue(kind: .day)
        case "CURRENT_TIMESTAMP": return ExpressionValue(kind: .moment)
        case "CURRENT_TIME": return .text
        default: throw .unclear("'\(word)'")
        }
    }

    private func column(_ name: String) throws(ExpressionFault) -> ExpressionValue {
        guard let column = columns[name.lowercased()] else { throw .unclear("'\(name)'") }
        return ExpressionValue(column)
    }

    /// Reads values up to the closing parenthesis.
    private mutating func list() throws(ExpressionFault) -> [ExpressionValue] {
        var values: [ExpressionValue] = []
        if take(")") { return values }
        repeat { values.append(try value(Power.or)) } while take(",")
        try expect(take(")"))
        return values
    }

    private mutating func cast() throws(ExpressionFault) -> ExpressionValue {
        try expect(take("("))
        _ = try value(Power.or)
        try expect(takeWord("AS"))
        var type = ""
        var depth = 1
        while let token = next {
            at += 1
            if token == .symbol("(") { depth += 1 }
            if token == .symbol(")") { depth -= 1 }
            if depth == 0 { break }
            type += token.described.uppercased()
        }
        if type.contains("INT") { return .number }
        if ["CHAR", "CLOB", "TEXT"].contains(where: type.contains) { return .text }
        return type.contains("BLOB") || type.isEmpty ? .unknown : .number
    }

    private mutating func choice() throws(ExpressionFault) -> ExpressionValue {
        let subject = isWord("WHEN") ? nil : try value(Power.or)
        var results: [ExpressionValue] = []
        while takeWord("WHEN") {
            let test = try value(Power.or)
            if let subject { try subject.check(against: test, by: "CASE", isOrder: false) } else { try test.checkTruth(for: "CASE WHEN") }
            try expect(takeWord("THEN"))
            results.append(try value(Power.or))
        }
        if takeWord("ELSE") { results.append(try value(Power.or)) }
        try expect(takeWord("END"))
        return .one(of: results)
    }
}

extension ExpressionToken {
    /// The token as it is written, for messages.
    fileprivate var described: String {
        switch self {
        case .word(let text), .name(let text), .number(let text), .symbol(let text): text
        case .text: "a text"
        case .blob: "a BLOB"
        }
    }
}
