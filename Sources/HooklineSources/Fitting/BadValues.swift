import HooklineCore

/// Decides what happens to values that do not fit their column's type, and counts them.
struct BadValues {
    /// What happens to a bad value.
    enum Verdict {
        /// The value becomes unreadable.
        case null
        /// The row is skipped.
        case drop
    }

    private let model: Model
    /// The number of unreadable values in each column, in batch order; may be shorter than the list of columns.
    private(set) var unreadable: [Int] = []
    private(set) var rowsDropped = 0
    /// The shapes of bad values; nil unless requested.
    var log: BadValueLog?

    init(_ model: Model) {
        self.model = model
    }

    /// Begins to count anew; returns the dropped rows and unreadable values before.
    mutating func takeCounts() -> (rowsDropped: Int, unreadable: [Int]) {
        defer { (rowsDropped, unreadable) = (0, []) }
        return (rowsDropped, unreadable)
    }

    /// Decides what happens to a bad value in the column at `index`.
    ///
    /// - Throws: `sources.bad_value` under the policy `error`; the message does not contain the value.
    mutating func meet(
        _ column: Column, _ index: Int, _ misfit: Misfit, row: Int, at location: SourceError.Location, shape: () -> String
    ) throws -> Verdict {
        if log != nil {
            let name = name(of: column)
            log?.note(index, column, name: name, row: row, shape)
        }
        switch model.onBadValue {
        case .null:
            if unreadable.count <= index { unreadable += repeatElement(0, count: index + 1 - unreadable.count) }
            unreadable[index] += 1
            return .null
        case .drop:
            rowsDropped += 1
            return .drop
        case .error:
            throw SourceError(.badValue, at: location, "\(fault(of: column, misfit))\(misfit.words(of: column)); \(advice)")
        }
    }

    private func fault(of column: Column, _ misfit: Misfit) -> String {
        if misfit == .inexact { return "the calculated field '\(column.name)' uses a decimal with more digits than SQLite keeps" }
        let type = "the value of column \(name(of: column)) is not of type \(column.type.rawValue)\(origin(of: column))"
        // What a type allows is what a declared type reads. An observed type takes only the kind of the first values.
        return column.origin == .observed ? type : "\(type), which allows \(column.allowed)"
    }

    /// The column's name in the source, with the field's name if that differs.
    private func name(of column: Column) -> String {
        guard let field = model.fields?.first(where: { $0.name == column.name }), field.column != field.name else {
            return "'\(column.name)'"
        }
        return "'\(field.column)', which is the field '\(field.name)',"
    }

    private func origin(of column: Column) -> String {
        switch column.origin {
        case .observed: " (as its first values are)"
        case .source: " (as the database declares it)"
        case .declared, .unknown: ""
        }
    }

    private var advice: String {
        model.boundBy == nil
            ? "correct it, give \(model.fields == nil ? "the column another type under `columns`" : "the field another type under `fields`"), or set \(model.policyAdvice)"
            : "correct it, or set another column for the field, or \(model.policyAdvice)"
    }
}

extension Column {
    /// What the column allows, for messages.
    var allowed: String {
        switch type {
        case .text: "UTF-8 text"
        case .integer: "whole numbers from -9223372036854775808 to 9223372036854775807"
        case .number, .decimal: "numbers such as \(NumberReader(format).example)"
        case .boolean: "true, t, yes, y, on, 1 and false, f, no, n, off, 0"
        case .timestamp, .date: format.allowedTimes(of: type)
        case .json: "JSON values (RFC 8259)"
        case .list:
            format.separator == nil
                ? "JSON arrays of strings (or text, with `separator:`)" : "text with '\(format.separator ?? "")' between the items"
        }
    }
}
