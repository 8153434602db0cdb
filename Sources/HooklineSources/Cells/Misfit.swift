import HooklineCore

/// Why a value does not fit its column: what kind of thing was found, and never the thing itself.
enum Misfit: Equatable {
    /// Text in none of the forms of the type.
    case text
    /// Text that begins with a zero that says nothing, as codes do.
    case leadingZero
    /// A number with more digits than a column of the type keeps.
    case digits
    /// A number where a day or a moment is wanted.
    case bareNumber
    /// A number that is none of those that the type has.
    case number
    /// True or false.
    case boolean
    /// Text, in a column whose first values were of another kind.
    case otherKind
    /// A JSON array, or an object.
    case list, object
    /// The bytes of a BLOB.
    case blob
    /// Text that is not UTF-8.
    case encoding
    /// A text, number or list where the path to the value leads through an object.
    case path

    /// The kind of text that is none of the column's type.
    init(text: UnsafeBufferPointer<UInt8>, of type: ColumnType) {
        self = .text
        guard Self.looksNumeric(text) else { return }
        switch type {
        case .timestamp, .date: self = .bareNumber
        case .integer, .number: self = .digits
        default: break
        }
    }

    /// Whether it is a number, even one that no type keeps.
    private static func looksNumeric(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = text.last, last &- 48 < 10 else { return false }
        return text.allSatisfy { $0 &- 48 < 10 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
            && !text.dropFirst().contains { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
            && text.count { $0 == UInt8(ascii: ".") } < 2
    }

    /// What was found, and what to do about it where that follows; empty when there is no more to say.
    func words(of column: Column) -> String {
        switch self {
        case .text: ""
        case .leadingZero: "; it is a text with zeros in front, which is a code and no number: such a column is `text`"
        case .digits where column.type == .integer:
            "; it has a fraction, or more digits than 64 bits hold: `decimal` keeps every digit"
        case .digits: "; it has more digits than a number of 64 bits keeps: `decimal` keeps them all"
        case .bareNumber where column.format.times.isEmpty:
            "; it is a bare number, which is no time unless the column says what it counts, with `format:` unix, unix_ms, excel, julian or epoch_days, or how it is written, as in \"%Y%m%d\""
        case .bareNumber, .number: "; it is another number"
        case .boolean: "; it is true or false"
        case .otherKind: "; it is a text, and the first values of the column were none"
        case .list: "; it is a list"
        case .object: "; it is an object"
        case .blob: "; it is a BLOB"
        case .encoding: "; it is text that is not UTF-8"
        case .path: "; the path to it leads through something that is no object"
        }
    }
}
