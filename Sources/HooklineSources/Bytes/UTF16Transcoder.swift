/// Transcodes UTF-16 in either byte order.
struct UTF16Transcoder: Transcoder {
    static let growth = 3

    let isBigEndian: Bool
    /// The first byte of a code unit whose second byte has not arrived.
    private var half: UInt8?
    /// The first unit of a surrogate pair whose second unit has not arrived.
    private var lead: UInt16?

    init(isBigEndian: Bool) {
        self.isBigEndian = isBigEndian
    }

    mutating func transcode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var written = 0
        for byte in input {
            guard let first = half else {
                half = byte
                continue
            }
            half = nil
            let unit = isBigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
            take(unit, output, &written)
        }
        return written
    }

    mutating func finish(into output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        guard half != nil || lead != nil else { return 0 }
        (half, lead) = (nil, nil)
        output[0] = TextEncoding.fault
        return 1
    }

    private mutating func take(_ unit: UInt16, _ output: UnsafeMutableBufferPointer<UInt8>, _ written: inout Int) {
        if let first = lead {
            lead = nil
            if unit & 0xFC00 == 0xDC00 {
                write(0x10000 + UInt32(first & 0x3FF) << 10 + UInt32(unit & 0x3FF), output, &written)
                return
            }
            write(nil, output, &written)
        }
        switch unit & 0xFC00 {
        case 0xD800: lead = unit
        case 0xDC00: write(nil, output, &written)
        default: write(UInt32(unit), output, &written)
        }
    }

    /// Writes a character; nil writes a fault for half of one.
    private func write(_ code: UInt32?, _ output: UnsafeMutableBufferPointer<UInt8>, _ written: inout Int) {
        guard let code else {
            output[written] = TextEncoding.fault
            written += 1
            return
        }
        func add(_ byte: UInt32) {
            output[written] = UInt8(truncatingIfNeeded: byte)
            written += 1
        }
        switch code {
        case 0..<0x80: add(code)
        case 0x80..<0x800:
            add(0xC0 | code >> 6)
            add(0x80 | code & 0x3F)
        case 0x800..<0x10000:
            add(0xE0 | code >> 12)
            add(0x80 | code >> 6 & 0x3F)
            add(0x80 | code & 0x3F)
        default:
            add(0xF0 | code >> 18)
            add(0x80 | code >> 12 & 0x3F)
            add(0x80 | code >> 6 & 0x3F)
            add(0x80 | code & 0x3F)
        }
    }
}
