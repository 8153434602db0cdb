/// Writes a PostgreSQL array, such as `{1,NULL,"a b"}`, as a JSON array (postgresql.org/docs/current/arrays.html#ARRAYS-IO).
struct ArrayText {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    private let bytes: Bytes
    private let kind: QueryCell.Kind
    private var at = 0

    /// Replaces the buffer's content with the array as JSON.
    ///
    /// - Parameters:
    ///   - bytes: the array, as the server sends it.
    ///   - kind: what its items are.
    ///   - json: the buffer.
    /// - Returns: false for text that is not an array.
    static func write(_ bytes: Bytes, itemsOf kind: QueryCell.Kind, to json: inout [UInt8]) -> Bool {
        json.removeAll(keepingCapacity: true)
        var array = ArrayText(bytes, kind)
        return array.list(&json) && array.at == bytes.count
    }

    private init(_ bytes: Bytes, _ kind: QueryCell.Kind) {
        self.bytes = bytes
        self.kind = kind
        // An array that does not begin at 1 has its bounds first: [0:1]={a,b}.
        if bytes.first == UInt8(ascii: "["), let equals = bytes.firstIndex(of: UInt8(ascii: "=")) { at = equals + 1 }
    }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func list(_ json: inout [UInt8]) -> Bool {
        guard next == UInt8(ascii: "{") else { return false }
        at += 1
        json.append(UInt8(ascii: "["))
        if next == UInt8(ascii: "}") {
            at += 1
            json.append(UInt8(ascii: "]"))
            return true
        }
        while true {
            guard item(&json) else { return false }
            let mark = next
            at += 1
            if mark == UInt8(ascii: "}") { break }
            guard mark == UInt8(ascii: ",") else { return false }
            json.append(UInt8(ascii: ","))
        }
        json.append(UInt8(ascii: "]"))
        return true
    }

    private mutating func item(_ json: inout [UInt8]) -> Bool {
        if next == UInt8(ascii: "{") { return list(&json) }
        var item: [UInt8] = []
        if next == UInt8(ascii: "\"") {
            at += 1
            while let byte = next, byte != UInt8(ascii: "\"") {
                if byte == UInt8(ascii: "\\") { at += 1 }
                guard let meant = next else { return false }
                item.append(meant)
                at += 1
            }
            guard next != nil else { return false }
            at += 1
        } else {
            while let byte = next, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}") {
                item.append(byte)
                at += 1
            }
            // Only the bare word is NULL; a text of that spelling has quotes.
            if item.elementsEqual("NULL".utf8) {
                json += "null".utf8
                return true
            }
        }
        Self.append(item, kind, to: &json)
        return true
    }

    private static func append(_ item: [UInt8], _ kind: QueryCell.Kind, to json: inout [UInt8]) {
        switch kind {
        case .boolean: json += item.first == UInt8(ascii: "t") ? "true".utf8 : "false".utf8
        case .json: json += item
        case .number where item.last.map { $0 &- 48 < 10 } ?? false: json += item
        case .paddedText: string(item[..<(item.lastIndex { $0 != 0x20 } ?? -1).advanced(by: 1)], to: &json)
        default: string(item[...], to: &json)
        }
    }

    private static func string(_ text: ArraySlice<UInt8>, to json: inout [UInt8]) {
        json.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): json += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: json += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: json.append(byte)
            }
        }
        json.append(UInt8(ascii: "\""))
    }
}
