/// Reads the lists of one column: JSON arrays, or text with a separator between the items.
///
/// Items are texts; numbers and booleans in an array are read as they are written. Empty items and nulls are left out.
package struct ListReader: Sendable {
    package typealias Bytes = UnsafeBufferPointer<UInt8>

    private let separator: [UInt8]?
    private let trims: Bool

    /// - Parameters:
    ///   - format: the column's format.
    ///   - trims: whether to trim white space around items, unless `format` says.
    package init(_ format: ColumnFormat, trims: Bool = true) {
        separator = format.separator.flatMap { $0.isEmpty ? nil : Array($0.utf8) }
        self.trims = format.trims ?? trims
    }

    /// Replaces the buffer's content with the list in the text, spelled as in `ListText`.
    ///
    /// - Returns: false for text that is not a list.
    package func read(_ text: Bytes, into list: inout [UInt8]) -> Bool {
        guard let separator else { return read(json: text, into: &list) }
        list.removeAll(keepingCapacity: true)
        list.append(UInt8(ascii: "["))
        var start = 0
        while start <= text.count {
            let end = Self.first(separator, in: text, from: start) ?? text.count
            append(item: Bytes(rebasing: text[start..<end]), to: &list)
            start = end + separator.count
        }
        list.append(UInt8(ascii: "]"))
        return true
    }

    /// Reads a JSON array, whatever the separator.
    ///
    /// - Returns: false for anything else, and for arrays that contain arrays or objects.
    package func read(json: Bytes, into list: inout [UInt8]) -> Bool {
        var parser = JSONListParser(json)
        list.removeAll(keepingCapacity: true)
        list.append(UInt8(ascii: "["))
        var item: [UInt8] = []
        guard parser.begins() else { return false }
        while let found = parser.next(into: &item) {
            switch found {
            case .item: item.withUnsafeBufferPointer { append(item: $0, to: &list) }
            case .null: continue
            case .end:
                list.append(UInt8(ascii: "]"))
                return true
            }
        }
        return false
    }

    private func append(item: Bytes, to list: inout [UInt8]) {
        let item = trims || TextTrim.isBlank(item) ? TextTrim.trimmed(item) : item
        if !item.isEmpty { ListText.append(item: item, to: &list) }
    }

    private static func first(_ separator: [UInt8], in text: Bytes, from start: Int) -> Int? {
        guard text.count >= start + separator.count else { return nil }
        return (start...(text.count - separator.count)).first { at in
            text[at] == separator[0] && text[at..<(at + separator.count)].elementsEqual(separator)
        }
    }
}
