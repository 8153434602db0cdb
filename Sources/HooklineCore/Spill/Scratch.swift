/// Room outside of memory, such as a file, for what a run must remember of millions of rows. It is gone when nobody refers to it anymore.
///
/// Bytes are appended, and read as often as needed; also from several threads.
package protocol Scratch: AnyObject, Sendable {
    /// Appends bytes.
    ///
    /// - Returns: their position.
    /// - Throws: if they cannot be kept, as on a full disk.
    func append(_ bytes: UnsafeRawBufferPointer) throws -> Int
    /// Fills `bytes` with those from a position on, which must have been appended.
    ///
    /// - Throws: if they cannot be read.
    func read(at position: Int, into bytes: UnsafeMutableRawBufferPointer) throws
}
