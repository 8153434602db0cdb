/// The canonical spelling of a list of texts: a JSON array of strings, without white space or needless escapes.
package enum ListText {
    package typealias Bytes = UnsafeBufferPointer<UInt8>

    /// Appends a text as an item of a list.
    static func append(item: some Collection<UInt8>, to list: inout [UInt8]) {
        if list.last == quote { list.append(UInt8(ascii: ",")) }
        list.append(quote)
        for byte in item { append(escaped: byte, to: &list) }
        list.append(quote)
    }

    /// A text as it is written in a list, without its quotes; `contains` takes it.
    package static func escaped(_ text: some Collection<UInt8>) -> [UInt8] {
        var item: [UInt8] = []
        for byte in text { append(escaped: byte, to: &item) }
        return item
    }

    /// The spelling of a list.
    package static func text(_ items: some Sequence<String>) -> String {
        var list = [UInt8(ascii: "[")]
        for item in items { append(item: item.utf8, to: &list) }
        return String(decoding: list + [UInt8(ascii: "]")], as: UTF8.self)
    }

    /// Whether a list contains an item. The item is escaped.
    package static func contains(_ list: Bytes, _ item: [UInt8]) -> Bool {
        var found = false
        forEachItem(of: list) { written in
            found = written.count == item.count && written.elementsEqual(item)
            return !found
        }
        return found
    }

    /// Calls `body` with each item, still escaped, until it returns false.
    static func forEachItem(of list: Bytes, _ body: (Bytes) -> Bool) {
        var at = 0
        while at < list.count {
            guard list[at] == quote else {
                at += 1
                continue
            }
            let start = at + 1
            at = start
            while at < list.count, list[at] != quote { at += list[at] == UInt8(ascii: "\\") ? 2 : 1 }
            guard at < list.count, body(Bytes(rebasing: list[start..<at])) else { return }
            at += 1
        }
    }

    private static let quote = UInt8(ascii: "\"")

    private static func append(escaped byte: UInt8, to list: inout [UInt8]) {
        switch byte {
        case quote, UInt8(ascii: "\\"): list += [UInt8(ascii: "\\"), byte]
        case ..<0x20: list += Array("\\u00".utf8) + [hex(byte >> 4), hex(byte & 15)]
        default: list.append(byte)
        }
    }

    private static func hex(_ digit: UInt8) -> UInt8 { digit < 10 ? digit + 48 : digit + 87 }
}
