extension String {
    /// Lends the text's bytes to a reader of values.
    func lend<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var text = self
        return text.withUTF8(body)
    }
}
