import HooklineCore
import JSON

/// What kinds of values stand at a path in the first objects of a JSONL file, and the type that follows.
struct JSONLKinds {
    private var kinds: Set<JSONScanner.Kind> = []
    /// Whether every number so far is whole and within 64 bits.
    private var isWhole = true
    /// Whether a Double holds every number so far.
    private var isHeld = true
    /// Whether a decimal can be written for every number so far.
    private var isDecimal = true

    init() {}

    /// Notes one more value; NULLs say nothing.
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
            if whole == nil { isWhole = false }
            if whole.map({ Double(exactly: $0) == nil }) ?? (PlainNumber.number(written) == nil) { isHeld = false }
            var digits: [UInt8] = []
            if !DecimalText.append(written, to: &digits) { isDecimal = false }
        case .boolean, .array, .object: kinds.insert(value.kind)
        }
    }

    /// The type of such a column, and who says so: text that nobody knows for no values, and for values of several kinds.
    ///
    /// Numbers are `number`; `integer` or `decimal` only where a Double would lose digits.
    ///
    /// - Parameter isKey: whether the column is the primary key, whose whole numbers are integers.
    /// - Returns: the type, and whether it was observed.
    func type(isKey: Bool) -> (type: ColumnType, origin: TypeOrigin) {
        switch kinds {
        case [.string]: (.text, .observed)
        case [.boolean]: (.boolean, .observed)
        case [.array], [.object], [.array, .object]: (.json, .observed)
        case [.number]:
            if isWhole, isKey || !isHeld { (.integer, .observed) } else { (isHeld || !isDecimal ? .number : .decimal, .observed) }
        default: (.text, .unknown)
        }
    }
}
