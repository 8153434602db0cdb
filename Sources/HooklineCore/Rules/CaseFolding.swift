/// Makes texts that differ in case alone the same, whatever the script.
enum CaseFolding {
    /// The text with its case taken off, as UTF-8.
    ///
    /// Upper case first, so that letters with two small forms, such as the Greek sigma, become one.
    static func folded(_ text: String) -> [UInt8] { Array(text.uppercased().lowercased().utf8) }

    /// Replaces the buffer's content with the text, its case taken off. The bytes are UTF-8.
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
