/// The `contact_id` of a member, which stays the same when the address changes.
///
/// It is 32 hexadecimal digits. In the simulator, they encode the contact's position.
struct ContactID {
    let number: Int

    private static let salt: UInt64 = 0x5eed_c0de_5eed_c0de

    init(_ number: Int) {
        self.number = number
    }

    init?(hexadecimal text: some StringProtocol) {
        guard text.utf8.count == 32, let low = UInt64(text.suffix(16), radix: 16), let number = Int(exactly: low ^ Self.salt) else {
            return nil
        }
        self.number = number
        guard hexadecimal.elementsEqual(text.lowercased().utf8) else { return nil }
    }

    var hexadecimal: [UInt8] {
        let plain = UInt64(clamping: number)
        return SplitMix64.mixed(plain &+ Self.salt).hexadecimalDigits + (plain ^ Self.salt).hexadecimalDigits
    }
}
