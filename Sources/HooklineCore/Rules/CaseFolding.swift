/// Folds case, in every script, so that texts that differ only in case become equal.
enum CaseFolding {
    /// The folded text, as UTF-8.
    ///
    /// It uppercases first, because some letters have two lowercase forms, such as the Greek sigma.
    static func folded(_ text: String) -> [UInt8] { Array(text.uppercased().lowercased().utf8) }

    /// Replaces the buffer's content with the folded text. The bytes are UTF-8.
    static func fold(_ bytes: UnsafeBufferPointer<UInt8>, into buffer: inout [UInt8]) {
        buffer.removeAll(keepingCapacity: true)
        for byte in bytes {
            if byte >= 0x80 {
                buffer = folded(String(decoding: bytes, as: UTF8.self))
                return
            }
            buffer.append(byte &- 65 < 26 ? byte | 0x20 : byte)
        }
    }
}
