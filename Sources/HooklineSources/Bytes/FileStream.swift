/// The bytes of a file, unchanged.
final class FileStream: ByteStream {
    private let file: OpenFile
    private var bytesRead: Int64 = 0

    init(_ file: OpenFile) {
        self.file = file
    }

    /// - Throws: `sources.unreadable`; `sources.changed` at the end of a file that changed during reading.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
        let count = try file.next(into: buffer)
        bytesRead += Int64(count)
        if count == 0 { try file.checkUnchanged(bytesRead: bytesRead) }
        return count
    }
}
