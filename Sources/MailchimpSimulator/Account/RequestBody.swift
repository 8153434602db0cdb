import Foundation

/// Reads the JSON body of a request, and reports faults the way Mailchimp does.
enum RequestBody {
    /// Decodes a body; an empty one counts as `{}`.
    ///
    /// - Throws: `JSON Parse Error` if it is not JSON, and `Invalid Resource` with the field for a value of the wrong type.
    static func decode<Body: Decodable>(_ type: Body.Type, from bytes: [UInt8]) throws(Problem) -> Body {
        let data = bytes.isEmpty ? Data("{}".utf8) : Data(bytes)
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch DecodingError.typeMismatch(let expected, let context), DecodingError.valueNotFound(let expected, let context) {
            throw mismatch(expected, at: context.codingPath, in: data)
        } catch {
            throw .jsonParseError
        }
    }

    private static func mismatch(_ expected: Any.Type, at path: [any CodingKey], in data: Data) -> Problem {
        let found = (try? JSONDecoder().decode(JSONShape.self, from: data))?.name(at: path[...]) ?? "value"
        let field = path.first?.stringValue ?? ""
        return .invalid(field, "Schema describes \(name(of: expected)), \(found) found instead")
    }

    private static func name(of type: Any.Type) -> String {
        let description = String(describing: type)
        if description == "String" { return "string" }
        if description.hasPrefix("Array") { return "array" }
        return "object"
    }
}

/// The types of the values in a JSON document.
private indirect enum JSONShape: Decodable {
    case string, number, boolean, null
    case array([JSONShape])
    case object([String: JSONShape])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let object = try? container.decode([String: JSONShape].self) {
            self = .object(object)
        } else if let array = try? container.decode([JSONShape].self) {
            self = .array(array)
        } else if (try? container.decode(String.self)) != nil {
            self = .string
        } else if (try? container.decode(Bool.self)) != nil {
            self = .boolean
        } else {
            self = .number
        }
    }

    func name(at path: ArraySlice<any CodingKey>) -> String {
        switch self {
        case .object(let members):
            guard let key = path.first else { return "object" }
            return members[key.stringValue]?.name(at: path.dropFirst()) ?? "null"
        case .array(let items):
            guard let index = path.first?.intValue else { return "array" }
            return items.indices.contains(index) ? items[index].name(at: path.dropFirst()) : "null"
        case .string: return "string"
        case .number: return "number"
        case .boolean: return "boolean"
        case .null: return "null"
        }
    }
}
