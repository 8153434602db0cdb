import Text

/// How many rows have no primary key of their own: it is missing, or an earlier row has it.
package struct PrimaryKeyFinding: Codable, Equatable, Sendable {
    /// The largest share of rows without a key of their own if the model does not set one.
    package static let defaultLimit = Safeguards.Limit.percent(5)

    /// A row that repeats an earlier one's key. It has nothing of a person in it but the key, and that only if it is no address.
    package struct Example: Codable, Equatable, Sendable {
        /// The key; nil if it may be an address.
        package var key: String?
        /// The number of the earlier row.
        package var row: Int
        /// The number of the row that repeats its key.
        package var repeatedAt: Int
        /// The columns in which the two differ; none for two equal rows.
        package var differs: [String]

        private enum CodingKeys: String, CodingKey {
            case key, row, differs
            case repeatedAt = "repeated_at"
        }

        package init(key: String?, row: Int, repeatedAt: Int, differs: [String]) {
            self.key = key
            self.row = row
            self.repeatedAt = repeatedAt
            self.differs = differs
        }

        fileprivate var words: String {
            let which = key.map { "key \($0.onOneLine)" } ?? "one key"
            let names = differs.prefix(5).map { ColumnNames.looksLikeValue($0) ? "a column" : "'\($0.onOneLine)'" }
            let more = differs.count > 5 ? " and \(differs.count - 5) more" : ""
            let difference = names.isEmpty ? "which are equal" : "which differ in \(names.joined(separator: ", "))\(more)"
            return "\(which) in rows \(NumberText.grouped(row)) and \(NumberText.grouped(repeatedAt)), \(difference)"
        }
    }

    package var field: String
    package var rows: Int
    /// Rows whose key is NULL or unreadable.
    package var missing: Int
    package var firstMissing: Int?
    /// Rows whose key an earlier row has.
    package var repeated: Int
    package var firstRepeated: Int?
    /// The first repeated keys, among rows that are not too far apart.
    package var examples: [Example]
    /// The limit in force, as a manifest writes it.
    package var limit: String
    /// Whether more rows than the limit allows have no key of their own.
    package var stops: Bool

    private enum CodingKeys: String, CodingKey {
        case field, rows, missing, repeated, examples, limit, stops
        case firstMissing = "first_missing"
        case firstRepeated = "first_repeated"
    }

    package init(
        field: String, rows: Int, missing: RowCount, repeated: RowCount, examples: [Example], limit: Safeguards.Limit?
    ) {
        let limit = limit ?? Self.defaultLimit
        let without = missing.count + repeated.count
        self.field = field
        self.rows = rows
        (self.missing, firstMissing) = (missing.count, missing.firstRow)
        (self.repeated, firstRepeated) = (repeated.count, repeated.firstRow)
        self.examples = examples
        self.limit = "\(limit)"
        stops =
            switch limit {
            case .count(let most): without > most
            // No division: 5 of 100 rows are 5%, whatever a floating-point number makes of it.
            case .percent(let share): Double(without) * 100 > share * Double(rows)
            }
    }

    /// The warnings, one for each of the two.
    package var warnings: [RunWarning] {
        var warnings: [RunWarning] = []
        if missing > 0, let firstMissing {
            let rows = NumberText.counted(missing, "row has", "rows have")
            warnings.append(
                RunWarning(
                    "model.missing_key",
                    "\(rows) no readable primary key '\(field)', the first at row \(NumberText.grouped(firstMissing))"))
        }
        if repeated > 0, let firstRepeated {
            let rows = NumberText.counted(repeated, "row repeats", "rows repeat")
            warnings.append(
                RunWarning(
                    "model.repeated_key",
                    "\(rows) the primary key '\(field)' of an earlier row, the first at row \(NumberText.grouped(firstRepeated))\(examplesInWords)"
                ))
        }
        return warnings
    }

    /// Why it stops a run.
    package var message: String {
        let without = missing + repeated
        let share = rows == 0 ? 0 : (Double(without) * 10_000 / Double(rows)).rounded(.down) / 100
        return
            "\(NumberText.grouped(without)) of \(NumberText.grouped(rows)) rows (\(share)%) have no primary key '\(field)' of their own (limit \(limit)):"
            + " \(NumberText.grouped(missing)) have none, and \(NumberText.grouped(repeated)) repeat that of an earlier row\(examplesInWords)"
    }

    private var examplesInWords: String { examples.isEmpty ? "" : ": \(examples.map(\.words).joined(separator: "; "))" }
}
