/// Checks bytes against the table of well-formed UTF-8 (Unicode 15, table 3-7; RFC 3629 §4).
package enum UTF8Check {
    /// Whether the bytes are well-formed.
    package static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var seen: UInt8 = 0
        for byte in bytes { seen |= byte }
        return seen < 0x80 || firstFault(in: bytes) == nil
    }

    /// The index of the first byte of an ill-formed sequence; nil if there is none.
    ///
    /// Ill-formed are overlong forms, surrogates, values beyond U+10FFFF and truncated sequences.
    package static func firstFault(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var at = 0
        while at < bytes.count {
            let lead = bytes[at]
            if lead < 0x80 {
                at += 1
                continue
            }
            guard let form = Form(lead), at + form.length <= bytes.count, form.second.contains(bytes[at + 1]) else { return at }
            for follower in 2..<max(2, form.length) where bytes[at + follower] & 0xC0 != 0x80 { return at }
            at += form.length
        }
        return nil
    }

    /// The form of a sequence with a given first byte.
    private struct Form {
        let length: Int
        let second: ClosedRange<UInt8>

        init?(_ lead: UInt8) {
            switch lead {
            case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
            case 0xE0: (length, second) = (3, 0xA0...0xBF)
            case 0xED: (length, second) = (3, 0x80...0x9F)
            case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
            case 0xF0: (length, second) = (4, 0x90...0xBF)
            case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
            case 0xF4: (length, second) = (4, 0x80...0x8F)
            default: return nil
            }
        }
    }
}
