/// A token of an SQL expression.
enum ExpressionToken: Equatable {
    /// A name or keyword without quotes.
    case word(String)
    /// A name in double quotes, backquotes, or brackets.
    case name(String)
    case number(String)
    case text(String)
    case blob
    /// An operator, a parenthesis, a comma, or a point.
    case symbol(String)

    /// The tokens of an expression that `ExpressionScan` and SQLite accept, without comments.
    static func all(in expression: String) -> [ExpressionToken] {
        var lexer = Lexer(bytes: Array(expression.utf8))
        var tokens: [ExpressionToken] = []
        while let token = lexer.next() { tokens.append(token) }
        return tokens
    }

    private struct Lexer {
        let bytes: [UInt8]
        var at = 0

        mutating func next() -> ExpressionToken? {
            skipBlanks()
            guard let byte = byte(at) else { return nil }
            switch byte {
            case UInt8(ascii: "'"): return .text(quoted(by: byte))
            case UInt8(ascii: "\""), UInt8(ascii: "`"): return .name(quoted(by: byte))
            case UInt8(ascii: "["): return .name(quoted(by: UInt8(ascii: "]")))
            case UInt8(ascii: "x"), UInt8(ascii: "X"):
                guard self.byte(at + 1) == UInt8(ascii: "'") else { return .word(run(Self.isLetter)) }
                at += 1
                _ = quoted(by: UInt8(ascii: "'"))
                return .blob
            case _ where Self.isDigit(byte) || byte == UInt8(ascii: ".") && self.byte(at + 1).map(Self.isDigit) == true: return number()
            case _ where Self.isLetter(byte): return .word(run(Self.isLetter))
            default: return symbol()
            }
        }

        private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

        private mutating func skipBlanks() {
            while let byte = byte(at) {
                if byte == 0x20 || (0x09...0x0D).contains(byte) {
                    at += 1
                } else if bytes[at...].starts(with: "--".utf8) {
                    while let byte = self.byte(at), byte != 0x0A { at += 1 }
                } else if bytes[at...].starts(with: "/*".utf8) {
                    at += 2
                    while at < bytes.count, !bytes[at...].starts(with: "*/".utf8) { at += 1 }
                    at = min(bytes.count, at + 2)
                } else {
                    return
                }
            }
        }

        private mutating func run(_ isPart: (UInt8) -> Bool) -> String {
            let start = at
            while let byte = byte(at), isPart(byte) { at += 1 }
            return String(decoding: bytes[start..<at], as: UTF8.self)
        }

        private mutating func number() -> ExpressionToken {
            let isHexadecimal = bytes[at] == 48 && byte(at + 1).map { $0 | 0x20 } == UInt8(ascii: "x")
            var text = run { Self.isLetter($0) || $0 == UInt8(ascii: ".") }
            let hasOpenExponent = !isHexadecimal && text.last?.lowercased() == "e"
            if hasOpenExponent, let sign = byte(at), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                at += 1
                text += String(UnicodeScalar(sign)) + run(Self.isLetter)
            }
            return .number(text)
        }

        private mutating func quoted(by mark: UInt8) -> String {
            var inside: [UInt8] = []
            at += 1
            while let byte = byte(at) {
                let isDoubled = byte == mark && mark != UInt8(ascii: "]") && self.byte(at + 1) == mark
                if byte == mark, !isDoubled { break }
                inside.append(byte)
                at += isDoubled ? 2 : 1
            }
            at += 1
            return String(decoding: inside, as: UTF8.self)
        }

        private mutating func symbol() -> ExpressionToken {
            let long = ["->>", "||", "->", "<<", ">>", "<=", ">=", "<>", "!=", "=="].first { bytes[at...].starts(with: $0.utf8) }
            let text = long ?? String(UnicodeScalar(bytes[at]))
            at += text.utf8.count
            return .symbol(text)
        }

        private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

        private static func isLetter(_ byte: UInt8) -> Bool {
            byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || isDigit(byte)
                || (byte | 0x20 >= 97 && byte | 0x20 <= 122)
        }
    }
}
