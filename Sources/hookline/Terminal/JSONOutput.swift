import Foundation
import HooklineApp

/// Prints values as JSON.
enum JSONOutput {
    /// The value's JSON with sorted keys, on one line or indented.
    static func text(_ value: some Encodable, indented: Bool = true) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            indented ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Prints the value's JSON to standard output, piece by piece.
    static func print(_ value: some Encodable) throws {
        try StreamedJSON(value, indented: true).forEachPiece { StandardOutput.print($0, terminator: "") }
        StandardOutput.print("")
    }
}
