import HooklineCore

/// Decides what becomes of values that do not fit their column's type, and counts them.
struct BadValues {
    /// What becomes of one.
    enum Verdict {
        /// It becomes NULL.
        case null
        /// Its row is left out.
        case drop
    }

    private let model: Model
    private(set) var valuesNulled = 0
    private(set) var rowsDropped = 0

    init(_ model: Model) {
        self.model = model
    }

    /// Decides over a value of that column.
    ///
    /// - Throws: `sources.bad_value` under the policy `error`. The message says what the column allows and never what stood there.
    mutating func meet(_ column: Column, at location: SourceError.Location) throws -> Verdict {
        switch model.onBadValue {
        case .null:
            valuesNulled += 1
            return .null
        case .drop:
            rowsDropped += 1
            return .drop
        case .error:
            throw SourceError(
                .badValue, at: location,
                "the value of column \(name(of: column)) is not of type \(column.type.rawValue), which allows \(column.type.allowed); \(advice)"
            )
        }
    }

    /// As the source knows it, and as the activation does.
    private func name(of column: Column) -> String {
        guard let field = model.fields?.first(where: { $0.name == column.name }), field.column != field.name else {
            return "'\(column.name)'"
        }
        return "'\(field.column)', which is the field '\(field.name)',"
    }

    private var advice: String {
        model.boundBy.map {
            "correct it, or say in hookline.yaml, activations: { \($0): { bind: … } }, which other column has the field, or on_bad_value: null or drop"
        }
            ?? "correct it, give \(model.fields == nil ? "the column another type under `columns`" : "the field another type under `fields`"), or set `on_bad_value` to null or drop"
    }
}

extension ColumnType {
    /// What a value of the type may look like, for messages.
    fileprivate var allowed: String {
        switch self {
        case .text: "UTF-8 text"
        case .integer: "whole numbers from -9223372036854775808 to 9223372036854775807"
        case .number: "numbers such as 12, -0.5 or 1.2e3"
        case .decimal: "numbers such as 12 or -0.50, without an exponent"
        case .boolean: "true, t, yes, y, on, 1 and false, f, no, n, off, 0"
        case .timestamp: Timestamp.allowed
        case .date: "days as YYYY-MM-DD"
        case .json: "JSON values (RFC 8259)"
        case .list: "JSON arrays of texts, or text with the column's `separator:`"
        }
    }
}
