import HooklineCore

/// A source that fits its activation.
package struct OpenedSource {
    let cursor: any RowCursor
    /// The segment rules, compiled for its columns.
    package let rules: RuleEvaluator
    /// The consent rule, compiled for its columns; nil if the activation does not ask for consent.
    package let consent: RuleEvaluator?
    /// Compares the rows with what the model expects; nil if it expects nothing.
    let expectations: ExpectationCheck?
}
