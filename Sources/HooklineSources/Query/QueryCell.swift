/// A value of a query's row, as a server or a database program writes it. Its bytes are valid until the next row.
struct QueryCell {
    /// How the text of a value is read.
    indirect enum Kind: Equatable {
        case number, boolean, text
        /// A floating-point number in its shortest digits, which texts get as PostgreSQL spells it: with an exponent from that power of 10
        /// on.
        case float(exponentFrom: Int)
        /// CHAR(n), whose values are filled up with blanks.
        case paddedText
        /// A date or a timestamp, in ISO 8601.
        case time
        case json
        /// The bytes of a `bytea` or BLOB, which no column takes.
        case bytes
        /// An array, as PostgreSQL writes it.
        case list(of: Kind)
    }

    let kind: Kind
    /// Nil for NULL.
    let bytes: UnsafeBufferPointer<UInt8>?

    /// Whether it is an array, or a JSON list or object.
    var isContainer: Bool {
        switch kind {
        case .list: true
        case .json: bytes?.first == UInt8(ascii: "{") || bytes?.first == UInt8(ascii: "[")
        default: false
        }
    }
}
