/// What a run with `incremental: true` left out, in its report.
package struct IncrementalReport: Codable, Equatable, Sendable {
    /// How many rows kept the verdict of an earlier run.
    package var remembered: Int
    /// How many rows entered the hooks.
    package var entered: Int
    /// Why all rows entered; nil if only changed ones did.
    package var full: String?
    /// Of the rows that entered: how many have to in every run, by reason (`moment`, `chance`, `order`, `log`, `error`, `first`, `address`,
    /// `variety`).
    package var always: [String: Int]
    /// Why no verdict is kept for the next run; nil if verdicts are, and in a plan.
    package var notKept: String?

    package init(remembered: Int = 0, entered: Int = 0, full: String? = nil, always: [String: Int] = [:], notKept: String? = nil) {
        self.remembered = remembered
        self.entered = entered
        self.full = full
        self.always = always
        self.notKept = notKept
    }

    private enum CodingKeys: String, CodingKey {
        case remembered, entered, always
        case full = "full_because"
        case notKept = "not_kept_because"
    }
}

extension RunReport {
    /// Takes in what the hooks were spared; nil says nothing.
    package mutating func note(_ remembered: (report: IncrementalReport, warnings: [RunWarning])?) {
        guard let remembered else { return }
        incremental = remembered.report
        warnings += remembered.warnings
    }
}
