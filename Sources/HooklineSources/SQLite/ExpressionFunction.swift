import HooklineCore

/// What the functions of SQLite make of the kinds of their arguments.
///
/// Functions that are not listed here return values of unknown kind and take any arguments. The lists follow
/// https://www.sqlite.org/lang_corefunc.html, lang_mathfunc.html, and lang_datefunc.html.
enum ExpressionFunction {
    /// The value of a call of a function, whose name is in lower case.
    ///
    /// - Throws: `ExpressionFault` for an argument that the function would silently read as a number, a boolean, or a value of another kind.
    static func value(of name: String, _ arguments: [ExpressionValue]) throws(ExpressionFault) -> ExpressionValue {
        switch name {
        case _ where mathematical.contains(name):
            try checkNumbers(arguments[...], name)
            return .number
        case _ where counting.contains(name): return .number
        case _ where textual.contains(name): return .text
        case "char", "zeroblob", "randomblob":
            try checkNumbers(arguments[...], name)
            return name == "char" ? .text : .unknown
        case "substr", "substring":
            try checkNumbers(arguments.dropFirst(), name)
            return .text
        case "printf", "format":
            if let format = arguments.first { try checkFormat(format.literal, arguments.dropFirst(), name) }
            return .text
        case "like", "glob": return .boolean
        case "date": return ExpressionValue(kind: .day)
        case "datetime": return ExpressionValue(kind: .moment)
        case "coalesce", "ifnull": return .one(of: arguments)
        case "likely", "unlikely", "likelihood": return arguments.first ?? .unknown
        case "iif", "if": return try choice(arguments, name)
        case "nullif":
            guard arguments.count == 2 else { return .unknown }
            try arguments[0].check(against: arguments[1], by: name, isOrder: false)
            return arguments[0]
        case "min", "max":
            for (index, one) in arguments.enumerated() {
                for other in arguments[(index + 1)...] { try one.check(against: other, by: name, isOrder: true) }
            }
            return .one(of: arguments)
        default: return .unknown
        }
    }

    /// Functions of numbers, which read text as the number that it starts with.
    private static let mathematical: Set<String> = [
        "abs", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "ceil", "ceiling", "cos", "cosh", "degrees", "exp", "floor",
        "ln",
        "log", "log10", "log2", "mod", "pi", "pow", "power", "radians", "round", "sign", "sin", "sinh", "sqrt", "tan", "tanh", "trunc",
    ]

    /// Functions that return numbers and read their arguments as text or times.
    private static let counting: Set<String> = [
        "changes", "instr", "json_array_length", "json_error_position", "json_valid", "julianday", "last_insert_rowid", "length",
        "octet_length", "random", "total_changes", "unicode", "unixepoch",
    ]

    /// Functions that return text and read their arguments as text or times.
    private static let textual: Set<String> = [
        "concat", "concat_ws", "hex", "json", "json_array", "json_insert", "json_object", "json_patch", "json_pretty", "json_quote",
        "json_remove", "json_replace", "json_set", "json_type", "lower", "ltrim", "quote", "replace", "rtrim", "soundex", "strftime",
        "time",
        "timediff", "trim", "typeof", "upper",
    ]

    private static func checkNumbers(_ arguments: ArraySlice<ExpressionValue>, _ name: String) throws(ExpressionFault) {
        for argument in arguments { try argument.checkNumber(for: "\(name)()") }
    }

    /// Checks the arguments that a format reads as numbers: those of `%d`, `%f`, and so on, and of `*`.
    private static func checkFormat(_ format: String?, _ arguments: ArraySlice<ExpressionValue>, _ name: String) throws(ExpressionFault) {
        guard let format else { return try checkNumbers(arguments, name) }
        var rest = arguments
        var isOpen = false
        for scalar in format.unicodeScalars {
            if !isOpen {
                isOpen = scalar == "%"
                continue
            }
            switch scalar {
            case "*": try checkNumbers(rest.prefix(1), name)
            case "0"..."9", ".", "-", "+", " ", "#", ",", "!", "l": continue
            case "s", "z", "q", "Q", "w", "c": isOpen = false
            case "%":
                isOpen = false
                continue
            default:
                isOpen = false
                try checkNumbers(rest.prefix(1), name)
            }
            rest = rest.dropFirst()
        }
    }

    /// A choice by conditions: each is followed by its result, and the last result may have no condition.
    private static func choice(_ arguments: [ExpressionValue], _ name: String) throws(ExpressionFault) -> ExpressionValue {
        var results: [ExpressionValue] = []
        for (index, argument) in arguments.enumerated() {
            let isCondition = index % 2 == 0 && index + 1 < arguments.count
            if isCondition { try argument.checkTruth(for: "\(name)()") } else { results.append(argument) }
        }
        return .one(of: results)
    }
}
