import Text

/// The rule for names of Mailchimp segments: 1 to 100 bytes of UTF-8 on one line.
///
/// Older versions of Mailchimp's API reject longer names; version 3.0 documents no limit.
package enum SegmentNameRule {
    /// The longest name, and the longest label of a breakdown, in bytes of UTF-8.
    package static let byteLimit = 100

    /// Why a name is rejected.
    package enum Problem: Equatable, Sendable {
        /// It has only whitespace.
        case empty
        case tooLong(bytes: Int)
        /// It has a line break or another control character.
        case severalLines

        /// What is wrong and what is allowed, such as `has 120 bytes; a segment name has 1 to 100`.
        package var message: String {
            switch self {
            case .empty: "is empty; a segment name has 1 to \(byteLimit) bytes"
            case .tooLong(let bytes): "has \(bytes) bytes; a segment name has 1 to \(byteLimit)"
            case .severalLines: "holds a line break or another control character; a segment name is one line of text"
            }
        }
    }

    /// The name without whitespace around it, which Mailchimp drops.
    package static func trimmed(_ name: String) -> String {
        guard let first = name.firstIndex(where: { !$0.isWhitespace }), let last = name.lastIndex(where: { !$0.isWhitespace }) else {
            return ""
        }
        return String(name[first...last])
    }

    /// What is wrong with a trimmed name; nil if Mailchimp accepts it.
    package static func problem(with name: String) -> Problem? {
        if name.isEmpty { return .empty }
        if name.utf8.count > byteLimit { return .tooLong(bytes: name.utf8.count) }
        return name.isOneLine ? nil : .severalLines
    }
}
