import HooklineCore

/// Decides what happens to values that do not fit their column's type, and counts them.
struct BadValues {
    /// What happens to a bad value.
    enum Verdict {
        /// It becomes NULL.
        case null
        /// Its row is skipped.
        case drop
    }

    private let model: Model
    private(set) var valuesNulled = 0
    private(set) var rowsDropped = 0

    init(_ model: Model) {
        self.model = model
    }

    /// Decides about a bad value of a column.
    ///
    /// - Throws: `sources.bad_value` under the policy `error`, without the value.
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

    /// The column's name in the source, and its name in the activation if that differs.
    private func name(of column: Column) -> String {
        guard let field = model.fields?.first(where: { $0.name == column.name }), field.column != field.name else {
            return "'\(column.name)'"
        }
        return "'\(field.column)', which is the field '\(field.name)',"
    }

    private var advice: String {
        model.boundBy.map {
            "correct it, or set another column for the field, or on_bad_value to null or drop, in hookline.yaml: activations: { \($0): { bind: … } }"
        }
            ?? "correct it, give \(model.fields == nil ? "the column another type under `columns`" : "the field another type under `fields`"), or set `on_bad_value` to null or drop"
    }
}

extension ColumnType {
    /// The values that the type allows, for messages.
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
        }
    }
}
