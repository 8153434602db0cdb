import JSON

/// Memory that reading cells uses again and again.
final class CellMemory {
    /// A JSON string without its escapes.
    let unescaped = JSONText.Buffer()
    /// An array of a server, as JSON, or a number, as it is spelled.
    var list: [UInt8] = []
}
