/// Checks an SQL expression before SQLite does, so that it can be put into parentheses and stays in them.
enum ExpressionScan {
    /// What is wrong with the expression, to follow the field's name in a message; nil if nothing is.
    ///
    /// Parentheses, strings, quoted names and comments must be closed. Semicolons, subqueries and windows are rejected.
    static func fault(in expression: String) -> String? {
        var scan = Scan(bytes: Array(expression.utf8))
        return scan.fault()
    }

    private struct Scan {
        let bytes: [UInt8]
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
            switch String(decoding: bytes[start..<at], as: UTF8.self).uppercased() {
            case "SELECT", "VALUES", "WITH": return "has a subquery; it may only use values of its own row"
            case "OVER" where behindParenthesis, "FILTER" where behindParenthesis:
                return "uses a window or aggregate function; it may only use values of its own row"
            default: return nil
            }
        }

        private mutating func quoted(by mark: UInt8) -> String? {
            at += 1
            while at < bytes.count, bytes[at] != mark { at += 1 }
            at += 1
            return at <= bytes.count ? nil : "has a quote that is never closed"
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
            byte >= 0x80 || byte == UInt8(ascii: "_") || (byte >= 48 && byte <= 57) || (byte | 0x20 >= 97 && byte | 0x20 <= 122)
        }
    }
}
