import HooklineCore
import JSON

/// The kinds of values at a path in the first objects of a JSONL file, and the type that follows from them.
struct JSONLKinds {
    private var kinds: Set<JSONScanner.Kind> = []
    private var numbers = ObservedNumbers()

    init() {}

    /// Adds a value; NULLs are ignored.
    mutating func note(_ value: JSONScanner.Value, in line: UnsafeBufferPointer<UInt8>, _ nulls: NullValues) {
        let written = UnsafeBufferPointer(rebasing: line[value.range])
        switch value.kind {
        case .null: return
        case .string:
            if !nulls.containsOrIsBlank(written, hasEscapes: value.hasEscapes) { kinds.insert(.string) }
        case .number:
            if nulls.contains(written) { return }
            kinds.insert(.number)
            let whole = PlainNumber.integer(written)
            if whole == nil { numbers.isWhole = false }
            if whole.map({ Double(exactly: $0) == nil }) ?? (PlainNumber.number(written) == nil) { numbers.isHeld = false }
            var digits: [UInt8] = []
            if !DecimalText.append(written, to: &digits) { numbers.isDecimal = false }
        case .boolean, .array, .object: kinds.insert(value.kind)
        }
    }

    /// The type that fits these values. Without values, or with values of several kinds, it is text of unknown type.
    ///
    /// - Parameter isKey: whether the column is the primary key; whole numbers in a key are integers.
    /// - Returns: the type, and whether it was observed.
    func type(isKey: Bool) -> (type: ColumnType, origin: TypeOrigin) {
        switch kinds {
        case [.string]: (.text, .observed)
        case [.boolean]: (.boolean, .observed)
        case [.array], [.object], [.array, .object]: (.json, .observed)
        case [.number]: (numbers.type(isKey: isKey), .observed)
        default: (.text, .unknown)
        }
    }
}
