import CLuaHost

/// Writes values as the C side reads them: a tag, then what the tag calls for. Numbers are little-endian.
struct ValueEncoder {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ value: LuaValue) {
        switch value {
        case .none, .opaque: tag(HL_TAG_NIL)
        case .boolean(let flag): tag(flag ? HL_TAG_TRUE : HL_TAG_FALSE)
        case .integer(let number):
            tag(HL_TAG_INTEGER)
            append(UInt64(bitPattern: number))
        case .number(let number):
            tag(HL_TAG_NUMBER)
            append(number.bitPattern)
        case .string(let text):
            tag(HL_TAG_STRING)
            append(counted: text.utf8)
        case .bytes(let text):
            tag(HL_TAG_STRING)
            append(counted: text)
        case .list(let values): append(list: values)
        case .table(let entries):
            tag(HL_TAG_TABLE)
            append(pairs: entries.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) })
        case .record(let name, let fields):
            tag(HL_TAG_RECORD)
            append(counted: name.utf8)
            append(pairs: fields)
        case .null: tag(HL_TAG_NULL)
        case .context: tag(HL_TAG_CONTEXT)
        }
    }

    /// The arguments of a call: a count, then the values.
    static func arguments(_ values: [LuaValue]) -> [UInt8] {
        var encoder = ValueEncoder()
        encoder.append(UInt32(values.count))
        for value in values { encoder.append(value) }
        return encoder.bytes
    }

    private mutating func append(list values: [LuaValue]) {
        tag(HL_TAG_LIST)
        append(UInt32(values.count))
        for value in values { append(value) }
    }

    private mutating func append(pairs: [(name: String, value: LuaValue)]) {
        append(UInt32(pairs.count))
        for pair in pairs {
            append(counted: pair.name.utf8)
            append(pair.value)
        }
    }

    private mutating func tag(_ tag: some BinaryInteger) { bytes.append(UInt8(truncatingIfNeeded: tag)) }

    private mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func append(counted text: some Collection<UInt8>) {
        append(UInt32(text.count))
        bytes.append(contentsOf: text)
    }
}
