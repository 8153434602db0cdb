import Text

/// What became of an expectation in a run. It has nothing of a person in it.
package struct ExpectationFinding: Codable, Equatable, Sendable {
    /// Its code without `expect.`, as a manifest names it.
    package var expectation: String
    package var field: String?
    package var severity: SourceExpectation.Severity
    package var met: Bool
    /// How many rows do not meet it; nil if it is not about single rows.
    package var rows: Int?
    /// The number of the first of them.
    package var firstRow: Int?
    /// The greatest time that was found, in Unix seconds, for `fresh_within`.
    package var newest: Int64?
    /// What was found instead; nil if it is met.
    package var message: String?

    private enum CodingKeys: String, CodingKey {
        case expectation, field, severity, met, rows, newest, message
        case firstRow = "first_row"
    }

    /// - Parameters:
    ///   - expectation: what was expected.
    ///   - found: the rows that do not meet it; nil if it is not about single rows.
    ///   - message: what was found instead; nil if it is met.
    package init(_ expectation: SourceExpectation, _ found: RowCount? = nil, message: String?) {
        self.expectation = String(expectation.code.rawValue.dropFirst("expect.".count))
        field = expectation.field
        severity = expectation.severity
        met = message == nil
        rows = found?.count
        firstRow = found?.firstRow
        self.message = message
    }

    package var code: RunFailure.Code { .init(rawValue: "expect.\(expectation)") }

    /// Whether it stops a run.
    package var stops: Bool { !met && severity == .stop }

    /// The warning, if it is not met and only warns.
    package var warning: RunWarning? {
        guard !met, severity == .warn, let message else { return nil }
        return RunWarning(code.rawValue, message)
    }
}
