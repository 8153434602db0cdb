extension String {
    /// Calls `body` with the text's UTF-8 bytes.
    func lend<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var text = self
        return text.withUTF8(body)
    }
}
