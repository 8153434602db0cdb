import Foundation
import HooklineCore

/// The JSON of a value, a piece at a time: lists of addresses are never in memory as a whole.
///
/// Each byte is the one that `JSONEncoder` would write.
package struct StreamedJSON {
    private let text: String
    private let lists: LaterLists
    private let indented: Bool

    /// How many addresses are encoded together.
    private static let blockSize = 1_000

    /// - Parameters:
    ///   - value: what to write; its keys are sorted.
    ///   - indented: whether it gets several lines.
    /// - Throws: what the value's `encode` throws.
    package init(_ value: some Encodable, indented: Bool) throws {
        self.indented = indented
        lists = LaterLists(secret: UUID().uuidString)
        let encoder = Self.encoder(indented: indented)
        encoder.userInfo[LaterLists.key] = lists
        text = String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func encoder(indented: Bool) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            indented ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    /// Passes one piece after another to `body`.
    ///
    /// - Throws: if a list cannot be read, and what `body` throws.
    package func forEachPiece(_ body: (String) throws -> Void) throws {
        var places: [(range: Range<String.Index>, list: PlannedAddresses)] = []
        for (index, list) in lists.lists.enumerated() {
            if let range = text.range(of: "\"\(lists.word(index))\"") { places.append((range, list)) }
        }
        var written = text.startIndex
        for (range, list) in places.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            try body(String(text[written..<range.lowerBound]))
            try write(list, indent: indent(at: range.lowerBound), body)
            written = range.upperBound
        }
        try body(String(text[written...]))
    }

    /// The white space at the beginning of the line of a place.
    private func indent(at place: String.Index) -> String {
        let start = text[..<place].lastIndex(of: "\n").map { text.index(after: $0) } ?? text.startIndex
        return indented ? String(text[start..<place].prefix { $0 == " " }) : ""
    }

    private func write(_ list: PlannedAddresses, indent: String, _ body: (String) throws -> Void) throws {
        let encoder = Self.encoder(indented: indented)
        func lines(_ addresses: [String]) throws -> [Substring] {
            String(decoding: try encoder.encode(addresses), as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        }
        // The encoder's empty line in an empty list is not indented.
        if list.isEmpty { return try body(indented ? "[\n\n" + indent + "]" : "[]") }
        try body("[")
        var isFirst = true
        try list.forEachBlock { block in
            for start in stride(from: 0, to: block.count, by: Self.blockSize) {
                let lines = try lines(block.addresses(start..<min(block.count, start + Self.blockSize)))
                let comma = isFirst ? "" : ","
                isFirst = false
                // Without the brackets around them.
                if indented {
                    try body(comma + lines.dropFirst().dropLast().map { "\n" + indent + $0 }.joined())
                } else {
                    try body(comma + lines.joined().dropFirst().dropLast())
                }
            }
        }
        try body(indented ? "\n" + indent + "]" : "]")
    }
}
