import HooklineCore
import Text

/// What is known about the value of a part of an SQL expression before any row is read.
struct ExpressionValue {
    /// The kinds that SQLite cannot compare with each other in a way that means something.
    enum Kind {
        /// NULL, which every operator takes.
        case null
        /// A number, or a boolean, which is 1 or 0 in expressions.
        case number
        case text
        /// Text of the form `YYYY-MM-DD`.
        case day
        /// Text of the form `YYYY-MM-DD HH:MM:SS`.
        case moment
        /// A column without a known type, a value inside JSON, or a value of one kind or another.
        case unknown
    }

    var kind: Kind
    /// The column that the value comes from unchanged.
    var column: Column?
    /// The text or number that the expression spells out.
    var literal: String?
    /// Whether it is true or false, for messages.
    var isBoolean = false

    static let null = ExpressionValue(kind: .null)
    static let number = ExpressionValue(kind: .number)
    static let boolean = ExpressionValue(kind: .number, isBoolean: true)
    static let text = ExpressionValue(kind: .text)
    static let unknown = ExpressionValue(kind: .unknown)

    /// The value of a column.
    init(_ column: Column) {
        self.column = column
        switch column.type {
        case _ where column.origin == .unknown: kind = .unknown
        case .integer, .number, .decimal: kind = .number
        case .boolean: (kind, isBoolean) = (.number, true)
        case .text, .json, .list: kind = .text
        case .date: kind = .day
        case .timestamp: kind = .moment
        }
    }

    init(kind: Kind, literal: String? = nil, isBoolean: Bool = false) {
        (self.kind, self.literal, self.isBoolean) = (kind, literal, isBoolean)
    }

    /// The value of an expression that returns one of several values, such as `coalesce`.
    static func one(of values: [ExpressionValue]) -> ExpressionValue {
        let values = values.filter { $0.kind != .null }
        guard var first = values.first else { return .null }
        if values.count == 1 { return first }
        if let untyped = values.first(where: { $0.kind == .unknown && $0.column != nil }) { return untyped }
        if let time = values.first(where: { $0.kind == .day || $0.kind == .moment }) {
            let allFit = values.allSatisfy { $0.kind == time.kind || $0.literal.map(time.fits) == true && $0.kind == .text }
            return allFit ? ExpressionValue(kind: time.kind) : .unknown
        }
        guard values.allSatisfy({ $0.kind == first.kind }) else { return .unknown }
        first.isBoolean = values.allSatisfy(\.isBoolean)
        first.column = values.lazy.compactMap(\.column).first
        first.literal = nil
        return first
    }

    /// Whether a text has the form in which a day or moment can be compared with it.
    func fits(_ literal: String) -> Bool {
        let kind = Literal(plain: literal).kind
        if self.kind == .day { return kind == .day && literal.utf8.count == 10 }
        // Times are compared byte by byte with `YYYY-MM-DD HH:MM:SS`.
        return kind == .day && literal.utf8.count == 10
            || kind == .moment && literal.utf8.count == 19 && Array(literal.utf8)[10] == UInt8(ascii: " ")
    }

    /// The column type that a column compared with this value should have.
    var columnType: String {
        if isBoolean { return "boolean" }
        switch kind {
        case .number: return "number"
        case .day: return "date"
        case .moment: return "timestamp"
        case .text, .null, .unknown: return "text"
        }
    }

    /// The value in a message.
    var described: String {
        if let column {
            return kind == .unknown ? "the column '\(column.name)'" : "the column '\(column.name)', which is \(kindWithArticle)"
        }
        if let literal { return kind == .text ? "the text '\(literal.onOneLine)'" : "the number \(literal)" }
        return kind == .unknown ? "a value of unknown kind" : kindWithArticle
    }

    private var kindWithArticle: String {
        if isBoolean { return "a boolean" }
        switch kind {
        case .null: return "NULL"
        case .number: return "a number"
        case .text: return "text"
        case .day: return "a date"
        case .moment: return "a timestamp"
        case .unknown: return "of unknown kind"
        }
    }
}
