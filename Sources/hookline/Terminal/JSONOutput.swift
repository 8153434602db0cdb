import Foundation

/// Prints values as JSON.
enum JSONOutput {
    /// The value's JSON with sorted keys, on one line or indented.
    static func text(_ value: some Encodable, indented: Bool = true) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            indented ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Prints the value's JSON to standard output.
    static func print(_ value: some Encodable) throws {
        StandardOutput.print(try text(value))
    }
}
