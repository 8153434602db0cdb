import HooklineCore

/// The findings of reading the rows, besides who belongs in which segment.
struct RowsRead {
    var rows: Int
    var buckets: Buckets
    /// How many rows repeat the primary key of an earlier row.
    var repeatedKeys = 0
    /// The number of the first such row.
    var firstRepeatedKey: Int?
    /// How many addresses have rows with different outcomes.
    var differentEnds = 0
    /// The number of the first row that differs from an earlier one of its address.
    var firstDifferentEnd: Int?
    /// How many rows have an address from which more than white space was removed.
    var cleaned = 0
    /// The number of the first such row.
    var firstCleaned: Int?
    /// How many rows without consent have a malformed address.
    var unknownRefusals = 0
    /// The number of the first such row.
    var firstUnknownRefusal: Int?
    /// How many values of each column could not be read (`on_bad_value: null`).
    var unreadable: [ColumnCount] = []
    /// How many values of each text column are words that often mean NULL.
    var nullWords: [ColumnCount] = []
    /// Texts that the rules look for and that no row had.
    var unseen: [RuleEvaluator.Unseen] = []
    /// How many users stay out because it is unknown which of their rows is the newest.
    var unknownNewest = 0
    /// The number of a row of the first such user.
    var firstUnknownNewest: Int?
    var phases: Phases
}
