/// What a database can say of a column of a model without handing over its values.
struct SQLColumn {
    /// How its values compare in SQL exactly as they do in Hookline.
    enum Kind {
        case integer, number, decimal, day, moment, text
    }

    /// Which of its values would not fit the type that the model gives it.
    enum Misfits {
        /// None can.
        case none
        /// Those of which a condition in SQL is true.
        case those(String)
        /// Nobody knows before they are read.
        case unknown
    }

    /// The name of the field, for messages.
    let field: String
    /// The expression of the value itself.
    let value: String
    var misfits: Misfits
    /// Nil if SQL cannot compare its values exactly.
    var kind: Kind?
    /// The expression to compare: what Hookline makes of the value.
    var comparable: String
    /// Whether its NULLs are exactly those that Hookline sees.
    var hasExactNulls = false
    /// Texts that Hookline reads as NULL.
    var nullTexts: [String] = []
    /// Whether no two rows have the same value, and each row has one.
    var isKey = false
    /// Whether counting its different values shows that, at little cost.
    var countsKeys = false
    /// The most digits of a decimal before and behind the point, for a literal to compare with; nil for any.
    var digits: (whole: Int, fraction: Int)?

    init(_ field: String, _ value: String, _ misfits: Misfits, _ kind: Kind? = nil, comparable: String? = nil) {
        (self.field, self.value, self.misfits, self.kind) = (field, value, misfits, kind)
        self.comparable = comparable ?? value
    }
}
