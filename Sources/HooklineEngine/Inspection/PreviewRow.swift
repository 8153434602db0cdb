import Foundation
import HooklineCore

/// A row and what the hooks did to it: one entry of `preview --json`.
package struct PreviewRow: Encodable, Sendable {
    private let fate: RowFate

    package init(_ fate: RowFate) {
        self.fate = fate
    }

    package func encode(to encoder: any Encoder) throws {
        var rest = fate
        rest.mapping = nil
        try rest.encode(to: encoder)
        guard let mapping = fate.mapping else { return }
        var container = encoder.container(keyedBy: RowFate.CodingKeys.self)
        try container.encode(try JSONDecoder().decode(JSONTree.self, from: Data(mapping.utf8)), forKey: .mapping)
    }
}

/// Any JSON, to be written into other JSON.
enum JSONTree: Codable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([JSONTree])
    case object([String: JSONTree])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let truth = try? container.decode(Bool.self) {
            self = .boolean(truth)
        } else if let number = try? container.decode(Int64.self) {
            self = .integer(number)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let items = try? container.decode([JSONTree].self) {
            self = .list(items)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let truth): try container.encode(truth)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let items): try container.encode(items)
        case .object(let fields): try container.encode(fields)
        }
    }
}
