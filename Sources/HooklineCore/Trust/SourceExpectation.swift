/// An entry of a model's `expect:`: what must be true of the source before its rows decide who enters and who leaves.
package struct SourceExpectation: Equatable, Sendable {
    /// What happens if it is not met.
    package enum Severity: String, Codable, CaseIterable, Sendable {
        /// The run stops before anything is sent; the default.
        case stop
        /// The run goes on with a warning.
        case warn
    }

    /// What is expected.
    package enum Kind: Equatable, Sendable {
        /// Every row has a readable value in the field.
        case notNull(String)
        /// No value of the field comes twice. NULL is no value.
        case unique(String)
        /// Every value of the field is in the list. NULL is no value.
        case accepted(String, Condition.Value)
        /// The greatest time of a field is at most some seconds before the run.
        case freshWithin(seconds: Int, field: String)
        /// The source has at least some rows.
        case minRows(Int)
        /// Whoever loads the source has said that it is complete; `within` is how many seconds ago at most, nil for any time.
        case afterMarker(Marker, within: Int?)
    }

    /// What shows that the source has been loaded completely.
    package enum Marker: Equatable, Sendable {
        /// A file, relative to the workspace.
        case file(String)
        /// A query of the source with one value.
        case query(String)
    }

    /// The code of an expectation that is not met.
    package enum Code: String, CaseIterable, Sendable {
        case notNull = "expect.not_null"
        case unique = "expect.unique"
        case accepted = "expect.accepted"
        case freshWithin = "expect.fresh_within"
        case minRows = "expect.min_rows"
        case afterMarker = "expect.after_marker"
        /// Too many rows have no primary key of their own.
        case primaryKey = "expect.primary_key"

        /// Whether it means that the rows are those of the past, or not all there yet: a later run may find them.
        package var isStaleness: Bool { self == .freshWithin || self == .afterMarker }
    }

    package var kind: Kind
    package var severity: Severity
    package var position: SourcePosition?

    package init(_ kind: Kind, _ severity: Severity = .stop, position: SourcePosition? = nil) {
        self.kind = kind
        self.severity = severity
        self.position = position
    }

    package var code: Code {
        switch kind {
        case .notNull: .notNull
        case .unique: .unique
        case .accepted: .accepted
        case .freshWithin: .freshWithin
        case .minRows: .minRows
        case .afterMarker: .afterMarker
        }
    }

    /// The field that it is about; nil if it is about the source as a whole.
    package var field: String? {
        switch kind {
        case .notNull(let field), .unique(let field), .accepted(let field, _), .freshWithin(_, let field): field
        case .minRows, .afterMarker: nil
        }
    }

    /// What is true of each row that meets it, as rules; nil if it is not about single rows.
    package var rule: Condition? {
        switch kind {
        case .notNull(let field): test(field, .isNotNull)
        // An unreadable value is neither NULL nor in the list.
        case .accepted(let field, let values): .any([test(field, .isIn, values), test(field, .isNull)])
        case .unique, .freshWithin, .minRows, .afterMarker: nil
        }
    }

    private func test(_ field: String, _ operation: Condition.Operation, _ value: Condition.Value? = nil) -> Condition {
        .test(.init(field: field, operation: operation, value: value, fieldPosition: position, valuePosition: position))
    }

    /// Everything that does not fit the columns of the source. The zone is the activation's: a day in a list is a day there.
    package func issues(_ columns: [Column], zone: ZoneOffsets) -> [Issue] {
        guard let field else { return [] }
        guard let column = columns.first(where: { $0.name == field }) else {
            return [RuleCompiler.unknownField(field, columns, at: position)]
        }
        if case .freshWithin = kind, !column.type.isTime {
            let message =
                "'fresh_within' takes a timestamp or date field, and '\(field)' is \(column.type.rawValue): set its type under columns:"
            return [Issue("manifest.operation_type", message, at: position)]
        }
        do {
            _ = try RuleEvaluator(rule, columns: columns, now: 0, zone: zone)
            return []
        } catch {
            return error.issues
        }
    }

    /// Its fingerprint, in which the position does not count.
    package var identity: String { "\(kind) \(severity.rawValue)" }
}
