import HooklineCore

/// A plan that was made and not sent.
package struct PlannedRun: Sendable {
    /// The plan as a report.
    package let report: RunReport
    /// What a person must allow for the safeguards to let the plan pass, including what was allowed when it was made.
    package let allowanceNeeded: SafeguardCheck.Allowance
}
