/// Bytes that come one after the other, and end.
protocol ByteStream: AnyObject {
    /// Fills the beginning of the buffer, which is not empty.
    ///
    /// - Returns: how many bytes; 0 when the stream has ended, and ended well.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int
}
