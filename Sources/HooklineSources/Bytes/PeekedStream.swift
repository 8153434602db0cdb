/// A stream whose first bytes can be seen before they are read.
final class PeekedStream: ByteStream {
    /// The first `count` bytes; fewer only if the stream is shorter.
    let first: [UInt8]

    private let stream: any ByteStream
    private var taken = 0

    init(_ stream: any ByteStream, count: Int = 4_096) throws {
        var first = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let more = try first.withUnsafeMutableBufferPointer {
                try stream.read(into: UnsafeMutableBufferPointer(rebasing: $0[filled...]))
            }
            if more == 0 { break }
            filled += more
        }
        self.first = Array(first[..<filled])
        self.stream = stream
    }

    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
        let left = first.count - taken
        if left == 0 { return try stream.read(into: buffer) }
        let count = min(left, buffer.count)
        _ = UnsafeMutableBufferPointer(rebasing: buffer[..<count]).update(fromContentsOf: first[taken..<taken + count])
        taken += count
        return count
    }
}
