import HooklineCore

/// The findings of reading the rows, besides who belongs in which segment.
struct RowsRead {
    var rows: Int
    var buckets: Buckets
    /// The state of the primary key; nil without one.
    var primaryKey: PrimaryKeyFinding?
    /// What became of the model's expectations.
    var expectations: [ExpectationFinding] = []
    /// What the segment's limit did; nil without one.
    var limit: LimitEffect?
    /// The addresses whose rows have different outcomes, each by the first row that differs from an earlier one.
    var differentEnds = RowCount()
    /// The rows that have an address from which more than white space was removed.
    var cleaned = RowCount()
    /// The rows without consent that have a malformed address.
    var unknownRefusals = RowCount()
    /// How many values of each column could not be read (`on_bad_value: null`).
    var unreadable: [ColumnCount] = []
    /// How many values of each text column are words that often mean NULL.
    var nullWords: [ColumnCount] = []
    /// Texts that the rules look for and that no row had.
    var unseen: [RuleEvaluator.Unseen] = []
    /// The users who stay out because it is unknown which of their rows is the newest, each by one of its rows.
    var unknownNewest = RowCount()
    /// What the source left out, whose rows are counted; nil if it cannot leave anything out.
    var pushDown: PushDown?
    var phases: Phases
}
