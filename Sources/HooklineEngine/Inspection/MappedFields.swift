import Foundation

/// The fields of a mapping, each as the text that a person would write.
package struct MappedFields: Sendable {
    private let fields: [String: String]

    /// Reads a JSON object; nil for no mapping.
    package init(json: String?) {
        let object = json.flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8), options: .fragmentsAllowed) as? [String: Any] }
        fields = (object ?? [:]).mapValues(Self.text)
    }

    package subscript(name: String) -> String? { fields[name] }

    /// The fields, sorted by name.
    package var sorted: [(name: String, value: String)] { fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

    private static func text(_ value: Any) -> String {
        switch value {
        case let text as String: return text
        case is NSNull: return "null"
        default:
            let data = try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys])
            return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
    }
}
