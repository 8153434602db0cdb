/// A request as the C side reads it: its kind, then numbers, texts and values.
struct Message {
    private(set) var bytes: [UInt8]

    init(_ kind: Int) { bytes = [UInt8(truncatingIfNeeded: kind)] }

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(text: some Collection<UInt8>) {
        append(UInt32(text.count))
        bytes.append(contentsOf: text)
    }

    mutating func append(texts: [String]) {
        append(UInt32(texts.count))
        for text in texts { append(text: text.utf8) }
    }

    mutating func append(encoded: [UInt8]) { bytes.append(contentsOf: encoded) }
}
