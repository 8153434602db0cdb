import HooklineCore
import Text

/// Why an expression's values cannot be compared or calculated with.
struct ExpressionFault: Error {
    /// The code of the issue.
    let code: String
    /// What is wrong, to follow the field's name.
    let message: String

    /// A part that the check of kinds does not understand.
    static func unclear(_ what: String) -> ExpressionFault {
        ExpressionFault(
            code: SourceError.Code.badExpression.rawValue, message: "has \(what), whose kinds cannot be checked; write it another way")
    }

    /// A column without a known type.
    static func untyped(_ column: Column, _ why: String, _ type: String, orText: Bool) -> ExpressionFault {
        let alternative = orText ? ", or \(column.line(declaring: "text")) to compare byte by byte" : ""
        return ExpressionFault(
            code: "manifest.untyped_column",
            message:
                "\(why), but the type of the column '\(column.name)' is not known: add \(column.line(declaring: type)) to the model\(alternative)"
        )
    }

    /// Values of known, unequal kinds, or of a kind that only a row shows.
    static func unequal(_ message: String) -> ExpressionFault { ExpressionFault(code: "manifest.value_type", message: message) }
}

extension ExpressionValue {
    /// Checks that the value is a number, as arithmetic needs.
    ///
    /// - Parameter user: the operator or function.
    /// - Throws: `ExpressionFault`.
    func checkNumber(for user: String) throws(ExpressionFault) {
        switch kind {
        case .null, .number: return
        case .unknown:
            if let column { throw .untyped(column, "calculates with '\(user)'", "number", orText: false) }
            throw .unequal("calculates with '\(user)' and a value of unknown kind; say what it is with CAST(… AS REAL)")
        case .text:
            let remedy = column.map { "; if it holds numbers, add \($0.line(declaring: "number")) to the model" } ?? ""
            throw .unequal("calculates with '\(user)', which needs a number, and \(described)\(remedy)")
        case .day, .moment:
            throw .unequal("calculates with '\(user)', which needs a number, and \(described); use julianday() or unixepoch()")
        }
    }

    /// Checks that the value is true, false, or a number, as conditions need.
    ///
    /// - Throws: `ExpressionFault`.
    func checkTruth(for user: String) throws(ExpressionFault) {
        if kind == .null || kind == .number { return }
        if let column, kind == .unknown { throw .untyped(column, "has a condition of '\(user)'", "boolean", orText: false) }
        let remedy =
            column.map { "; if it holds booleans, add \($0.line(declaring: "boolean")) to the model" } ?? "; compare it with something"
        throw .unequal("has a condition of '\(user)' that is neither true nor false: \(described)\(remedy)")
    }

    /// Checks that two values are of known, equal kinds.
    ///
    /// - Parameters:
    ///   - other: the other side.
    ///   - user: the operator or function.
    ///   - isOrder: whether it asks which value is greater.
    /// - Throws: `ExpressionFault`.
    func check(against other: ExpressionValue, by user: String, isOrder: Bool) throws(ExpressionFault) {
        if kind == .null || other.kind == .null { return }
        for (value, partner) in [(self, other), (other, self)] where value.kind == .unknown {
            guard let column = value.column else {
                throw .unequal("compares a value of unknown kind by '\(user)'; say what it is with CAST(… AS REAL) or CAST(… AS TEXT)")
            }
            // A text in quotes shows that the author means text, as in rules.
            if !isOrder, partner.kind == .text { return }
            let type = partner.kind == .text ? partner.likelyType : partner.columnType
            throw .untyped(
                column, "compares \(partner.described) by '\(user)'", type, orText: partner.kind == .text || partner.kind == .unknown)
        }
        switch (kind, other.kind) {
        case (.number, .number), (.day, .day), (.moment, .moment): return
        case (.text, .text):
            if isOrder { try checkOrder(other, user) }
        case (.day, .moment), (.moment, .day):
            if !isOrder { throw .mixed(self, other, user, "; use date() on both sides") }
        case (.day, .text), (.moment, .text): try checkForm(other, user)
        case (.text, .day), (.text, .moment): try other.checkForm(self, user)
        default: throw .mixed(self, other, user, remedy(against: other))
        }
    }

    /// As text, 99 is greater than 1000. Only authors who declare the column as text want that.
    private func checkOrder(_ other: ExpressionValue, _ user: String) throws(ExpressionFault) {
        for (value, partner) in [(self, other), (other, self)] {
            guard let column = value.column, column.origin != .declared, let literal = partner.literal, partner.likelyType != "text" else {
                continue
            }
            throw .unequal(
                "compares the column '\(column.name)', which is text, with '\(literal.onOneLine)' by '\(user)': add "
                    + "\(column.line(declaring: partner.likelyType)) to the model, or \(column.line(declaring: "text")) to compare byte by byte"
            )
        }
    }

    /// A day or moment is compared with a text byte by byte.
    private func checkForm(_ text: ExpressionValue, _ user: String) throws(ExpressionFault) {
        if let literal = text.literal {
            if fits(literal) { return }
            throw .mixed(
                self, text, user, kind == .day ? "; write the date as '2026-03-31'" : "; write the time, in UTC, as '2026-03-31 16:00:00'")
        }
        // Functions such as strftime return text in any form.
        guard let column = text.column else { return }
        throw .mixed(self, text, user, "; add \(column.line(declaring: columnType)) to the model")
    }

    /// The type that a column compared with this text probably has.
    private var likelyType: String {
        guard let literal else { return "text" }
        switch Literal(plain: literal).kind {
        case .number: return "number"
        case .boolean: return "boolean"
        case .day: return "date"
        case .moment: return "timestamp"
        case .text: return "text"
        }
    }

    private func remedy(against other: ExpressionValue) -> String {
        let (number, text) = kind == .number ? (self, other) : (other, self)
        if text.literal != nil { return number.isBoolean ? "; write TRUE or FALSE" : "; write the number without quotes" }
        guard let column = text.column, text.kind == .text else { return "; say what you mean with CAST" }
        let quotes = number.literal == nil ? "" : ", or put the value in quotes to compare as text"
        return "; add \(column.line(declaring: number.columnType)) to the model\(quotes)"
    }
}

extension ExpressionFault {
    fileprivate static func mixed(_ one: ExpressionValue, _ other: ExpressionValue, _ user: String, _ remedy: String) -> ExpressionFault {
        .unequal(
            "compares values of different kinds by '\(user)': \(one.described)\(one.column == nil ? "" : ",") and \(other.described)\(remedy)"
        )
    }
}
