import Foundation

/// Writes texts into manifests.
package enum YAMLText {
    /// A text in double quotes, as YAML and JSON write it.
    package static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
