/// The decoded query of a request target, in the encoding of web forms: `+` is a space.
struct QueryItems: Sendable {
    private var values: [String: String] = [:]

    init(_ query: Substring) {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            values[Self.decoded(parts[0])] = parts.count == 2 ? Self.decoded(parts[1]) : ""
        }
    }

    subscript(name: String) -> String? { values[name] }

    /// True for `name=true` and `name=1`.
    func flag(_ name: String) -> Bool {
        values[name] == "true" || values[name] == "1"
    }

    /// The instant that a date parameter names; nil if it is missing or unreadable.
    func instant(_ name: String) -> SimulatedInstant? {
        values[name].flatMap { SimulatedInstant(text: $0) }
    }

    /// The keys that `fields` and `exclude_fields` select.
    var selection: FieldSelection {
        FieldSelection(fields: values["fields"], excludeFields: values["exclude_fields"])
    }

    /// Decodes percent encoding; a `%` without two hexadecimal digits after it is kept.
    static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = true) -> String {
        let source = Array(text.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count)
        var position = 0
        while position < source.count {
            let byte = source[position]
            if byte == UInt8(ascii: "%"), position + 2 < source.count,
                let high = source[position + 1].hexadecimalValue, let low = source[position + 2].hexadecimalValue
            {
                bytes.append(high << 4 | low)
                position += 3
                continue
            }
            bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            position += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
