import JSON

/// Memory that reading cells uses again and again.
final class CellMemory {
    /// A JSON string without its escapes.
    let unescaped = JSONText.Buffer()
    /// An array of a server, as JSON.
    var list: [UInt8] = []
}
