/// A finite sequence of bytes, read in order.
protocol ByteStream: AnyObject {
    /// Fills the beginning of the buffer, which must not be empty.
    ///
    /// - Returns: the number of bytes; 0 only when the stream is complete.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int
}
