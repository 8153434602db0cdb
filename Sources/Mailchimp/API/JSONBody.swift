import Foundation

/// Reads bodies that are small enough for a decoder.
enum JSONBody {
    /// Decodes a whole body.
    ///
    /// - Throws: `DecodingError`.
    static func decode<Value: Decodable>(_ type: Value.Type, _ body: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body))
    }
}
