extension Sequence<UInt8> {
    /// Two hexadecimal digits a byte, in lower case.
    package var hexadecimal: String {
        map { byte in
            let hex = String(byte, radix: 16)
            return byte < 16 ? "0" + hex : hex
        }.joined()
    }
}
