import HooklineCore

/// What reading the rows found, besides who is wanted in which segment.
struct RowsRead {
    var rows: Int
    var buckets: Buckets
    /// How many rows repeat the primary key of an earlier row.
    var repeatedKeys = 0
    /// The number of the first such row.
    var firstRepeatedKey: Int?
    /// How many addresses have rows that meet different ends.
    var differentEnds = 0
    /// The number of the row that shows the first such address.
    var firstDifferentEnd: Int?
    /// How many rows have an address with more than white space taken off.
    var cleaned = 0
    /// The number of the first such row.
    var firstCleaned: Int?
    /// How many values of each column could not be read (`on_bad_value: null`).
    var unreadable: [ColumnCount] = []
    /// How many values of each column are words that often mean NULL, but are text here.
    var nullWords: [ColumnCount] = []
    /// Texts that the rules look for and that no row had.
    var unseen: [RuleEvaluator.Unseen] = []
    /// Users who stay out because nobody knows which of their rows is the newest.
    var unknownNewest = 0
    /// The number of a row of the first such user.
    var firstUnknownNewest: Int?
    var phases: Phases
}
