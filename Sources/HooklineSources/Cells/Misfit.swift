import HooklineCore

/// Why a value does not fit its column: the kind of value that was found, never the value itself.
enum Misfit: Equatable {
    /// Text in a form that the type does not allow.
    case text
    /// Text with a leading zero, as codes have.
    case leadingZero
    /// A number with more digits than the type stores.
    case digits
    /// A number where a date or timestamp is expected.
    case bareNumber
    /// A number that the type does not allow.
    case number
    /// True or false.
    case boolean
    /// Text in a column whose first values were of another kind.
    case otherKind
    /// A JSON array, or an object.
    case list, object
    /// A list with lists in it.
    case nestedList
    /// A number of a database that is no number, or an infinity.
    case notFinite
    /// An infinite date or timestamp of a database.
    case endless
    /// A date or timestamp before the year 1.
    case beforeOurEra
    /// The bytes of a BLOB.
    case blob
    /// Text that is not UTF-8.
    case encoding
    /// A decimal with more digits than SQLite's numbers keep, in an expression.
    case inexact
    /// A text, number, or list in place of an object on the path to the value.
    case path

    /// Classifies text that does not fit the type.
    init(text: UnsafeBufferPointer<UInt8>, of type: ColumnType) {
        self = .text
        guard Self.looksNumeric(text) else { return }
        switch type {
        case .timestamp, .date: self = .bareNumber
        case .integer, .number: self = .digits
        default: break
        }
    }

    /// Whether the text is a number, even one too long for any type.
    private static func looksNumeric(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = text.last, last &- 48 < 10 else { return false }
        return text.allSatisfy { $0 &- 48 < 10 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
            && !text.dropFirst().contains { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
            && text.count { $0 == UInt8(ascii: ".") } < 2
    }

    /// What was found and, if it helps, what to do, as the end of a message; empty when there is nothing to add.
    func words(of column: Column) -> String {
        switch self {
        case .text: ""
        case .leadingZero: "; it has leading zeros, as codes do: make the column `text`"
        case .digits where column.type == .integer:
            "; it has a fraction, or more digits than fit in 64 bits: `decimal` keeps every digit"
        case .digits: "; it has more digits than a 64-bit number keeps: `decimal` keeps every digit"
        case .bareNumber where column.format.times.isEmpty:
            "; it is a bare number: say with `format:` what it counts (unix, unix_ms, excel, julian, or epoch_days) or how it is written, as in \"%Y%m%d\""
        case .number where column.origin == .observed: "; it is a number, and the first values of the column were not"
        case .bareNumber, .number: "; it is a number that the type does not allow"
        case .boolean where column.origin == .observed: "; it is true or false, and the first values of the column were not"
        case .boolean: "; it is true or false"
        case .otherKind: "; it is text, and the first values of the column were not"
        case .list: "; it is a list"
        case .object: "; it is an object"
        case .nestedList: "; it is a list of lists: read it as `json`"
        case .notFinite: "; it is NaN or an infinity"
        case .endless: "; it is infinite: no calendar has that day"
        case .beforeOurEra: "; it is before the year 1"
        case .blob: "; it is a BLOB"
        case .encoding: "; it is text that is not UTF-8"
        case .inexact: "; an expression keeps 64-bit integers and 15 digits of other numbers, sometimes 17"
        case .path: "; the path to it leads through a value that is not an object"
        }
    }
}
