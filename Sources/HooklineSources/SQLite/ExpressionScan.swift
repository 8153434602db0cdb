/// Checks that an SQL expression can be put into parentheses without breaking out of them.
enum ExpressionScan {
    /// What is wrong with the expression, to follow the field's name in a message; nil if it is fine.
    ///
    /// Parentheses, strings, quoted names, and comments must be closed. Semicolons, subqueries, and windows are rejected.
    static func fault(in expression: String) -> String? {
        var scan = Scan(bytes: Array(expression.utf8))
        return scan.fault()
    }

    /// The names in the expression that may be columns, lowercased because SQLite ignores their case: all words and quoted names.
    static func names(in expression: String) -> Set<String> {
        var scan = Scan(bytes: Array(expression.utf8))
        // The rest after a fault does not matter: the expression is rejected.
        _ = scan.fault()
        return scan.names
    }

    private struct Scan {
        let bytes: [UInt8]
        var names: Set<String> = []
        var at = 0
        var depth = 0
        var hasToken = false
        var isBehindParenthesis = false

        mutating func fault() -> String? {
            while at < bytes.count {
                if let fault = step() { return fault }
            }
            if !hasToken { return "is empty; write an SQL expression over the columns of the row" }
            return depth == 0 ? nil : "has a parenthesis that is never closed"
        }

        private mutating func step() -> String? {
            let byte = bytes[at]
            switch byte {
            case 0x20, 0x09...0x0D:
                at += 1
                return nil
            case UInt8(ascii: "-") where follows("-"):
                skip(past: "\n")
                return nil
            case UInt8(ascii: "/") where follows("*"):
                at += 2
                return skip(past: "*/") ? nil : "has a comment that is never closed"
            default: break
            }
            hasToken = true
            let wasBehindParenthesis = isBehindParenthesis
            isBehindParenthesis = byte == UInt8(ascii: ")")
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): return quoted(by: byte)
            case UInt8(ascii: "["): return quoted(by: UInt8(ascii: "]"))
            case UInt8(ascii: ";"): return "has a semicolon; write one expression"
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth < 0 { return "closes a parenthesis that was never opened" }
            case _ where isLetter(byte): return word(behindParenthesis: wasBehindParenthesis)
            default: break
            }
            at += 1
            return nil
        }

        private mutating func word(behindParenthesis: Bool) -> String? {
            let start = at
            while at < bytes.count, isLetter(bytes[at]) { at += 1 }
            let word = String(decoding: bytes[start..<at], as: UTF8.self)
            names.insert(word.lowercased())
            switch word.uppercased() {
            case "SELECT", "VALUES", "WITH": return "has a subquery; it may only use values of its own row"
            case "OVER" where behindParenthesis, "FILTER" where behindParenthesis:
                return "uses a window or aggregate function; it may only use values of its own row"
            default: return nil
            }
        }

        private mutating func quoted(by mark: UInt8) -> String? {
            var inside: [UInt8] = []
            at += 1
            while at < bytes.count {
                let isMark = bytes[at] == mark
                // A doubled quote is a literal quote.
                let isDoubled = isMark && at + 1 < bytes.count && bytes[at + 1] == mark && mark != UInt8(ascii: "]")
                if isMark, !isDoubled { break }
                inside.append(bytes[at])
                at += isDoubled ? 2 : 1
            }
            guard at < bytes.count else { return "has a quote that is never closed" }
            at += 1
            if mark != UInt8(ascii: "'") { names.insert(String(decoding: inside, as: UTF8.self).lowercased()) }
            return nil
        }

        @discardableResult
        private mutating func skip(past end: String) -> Bool {
            let end = Array(end.utf8)
            while at < bytes.count, !bytes[at...].starts(with: end) { at += 1 }
            let found = at < bytes.count
            at = min(bytes.count, at + end.count)
            return found
        }

        private func follows(_ next: Unicode.Scalar) -> Bool { at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: next) }

        private func isLetter(_ byte: UInt8) -> Bool {
            byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || (byte >= 48 && byte <= 57)
                || (byte | 0x20 >= 97 && byte | 0x20 <= 122)
        }
    }
}
