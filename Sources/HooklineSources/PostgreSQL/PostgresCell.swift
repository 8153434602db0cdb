/// A value as the server sends it. Its bytes are valid until the next row.
struct PostgresCell {
    let kind: PostgresType.Kind
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
