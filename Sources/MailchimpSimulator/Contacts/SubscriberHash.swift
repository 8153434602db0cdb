import Cryptography

/// The `id` of a member: the MD5 hash (16 bytes) of its identity.
struct SubscriberHash: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// The hash of a trimmed, lowercased address.
    init(identity: [UInt8]) {
        var (high, low) = (UInt64(0), UInt64(0))
        for (index, byte) in MD5.digest(of: identity).enumerated() {
            if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        self.high = high
        self.low = low
    }

    /// Reads 32 hexadecimal digits in upper or lower case; nil for anything else.
    init?(hexadecimal text: some StringProtocol) {
        guard text.utf8.count == 32 else { return nil }
        var (high, low) = (UInt64(0), UInt64(0))
        for (index, byte) in text.utf8.enumerated() {
            guard let digit = byte.hexadecimalValue else { return nil }
            if index < 16 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
        }
        self.high = high
        self.low = low
    }

    /// 32 lowercase hexadecimal digits.
    var hexadecimal: [UInt8] { high.hexadecimalDigits + low.hexadecimalDigits }

    /// The ten hexadecimal digits that the simulator sends as `unique_email_id`.
    var uniqueEmailID: ArraySlice<UInt8> { SplitMix64.mixed(low).hexadecimalDigits.prefix(10) }
}

extension UInt64 {
    /// 16 lowercase hexadecimal digits.
    var hexadecimalDigits: [UInt8] {
        (0..<16).map { position in
            let digit = UInt8(truncatingIfNeeded: self >> UInt64(60 - position * 4) & 15)
            return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
    }
}
