import JSON
import Support

/// A JSON value as a whole, to compare what we read and write with what Foundation does.
enum JSONTree: Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case array([JSONTree])
    case object([String: JSONTree])

    private static let texts = ["", "a@example.com", "\"quoted\"", "tab\tline\n", "é😀", "back\\slash", "\u{1F}\u{8}\u{C}\r", "null", "/"]

    static func random(depth: Int, _ generator: inout SeededGenerator) -> JSONTree {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
        case 0, 1: return .text(texts.randomElement(using: &generator) ?? "")
        case 2: return .number(Double(Int.random(in: -1_000_000...1_000_000, using: &generator)))
        case 3: return .number(Double.random(in: -1e9...1e9, using: &generator))
        case 4: return .boolean(Bool.random(using: &generator))
        case 5: return .null
        case 6: return .array((0..<Int.random(in: 0...4, using: &generator)).map { _ in random(depth: depth - 1, &generator) })
        default:
            let members = (0..<Int.random(in: 0...4, using: &generator)).map { ("k\($0)\"", random(depth: depth - 1, &generator)) }
            return .object(Dictionary(uniqueKeysWithValues: members))
        }
    }

    /// Reads the value that comes next.
    init(_ scanner: inout JSONScanner) throws(JSONFault) {
        switch scanner.nextKind() {
        case .object:
            var object: [String: JSONTree] = [:]
            try scanner.beginObject()
            while let key = try scanner.nextKey() { object[try scanner.text(of: key)] = try JSONTree(&scanner) }
            self = .object(object)
        case .array:
            var array: [JSONTree] = []
            try scanner.beginArray()
            while try scanner.nextElement() { array.append(try JSONTree(&scanner)) }
            self = .array(array)
        case .string: self = .text(try scanner.text())
        case .null:
            _ = try scanner.value()
            self = .null
        case .boolean:
            let value = try scanner.value()
            self = .boolean(scanner.bytes[value.range].first == UInt8(ascii: "t"))
        case .number, nil:
            let value = try scanner.value()
            self = .number(Double(String(decoding: scanner.bytes[value.range], as: UTF8.self)) ?? .nan)
        }
    }
}

extension JSONTree: Codable {
    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .boolean(flag)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let array = try? value.decode([JSONTree].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: JSONTree].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .boolean(let flag): try value.encode(flag)
        case .number(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .array(let array): try value.encode(array)
        case .object(let object): try value.encode(object)
        }
    }
}
