/// Turns bytes of another encoding into UTF-8, block by block.
protocol Transcoder {
    /// The most bytes of UTF-8 per byte of input.
    static var growth: Int { get }
    /// Turns the input into UTF-8, and keeps an incomplete character for the next call.
    ///
    /// - Returns: the number of bytes written. The output has room for `growth` times the input and the kept bytes.
    mutating func transcode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) -> Int
    /// Writes what is left at the end of the input, at most `growth` bytes.
    mutating func finish(into output: UnsafeMutableBufferPointer<UInt8>) -> Int
}

/// Reads a stream of another encoding as UTF-8.
final class TranscodedStream<Coder: Transcoder>: ByteStream {
    private static var block: Int { 1 << 15 }

    private let stream: any ByteStream
    private var coder: Coder
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let output: UnsafeMutableBufferPointer<UInt8>
    /// The part of the output that has not been read.
    private var ready = 0..<0
    private var hasEnded = false

    init(_ stream: any ByteStream, _ coder: Coder) {
        self.stream = stream
        self.coder = coder
        input = .allocate(capacity: Self.block)
        output = .allocate(capacity: (Self.block + 4) * Coder.growth)
    }

    deinit {
        input.deallocate()
        output.deallocate()
    }

    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
        while ready.isEmpty, !hasEnded {
            let count = try stream.read(into: input)
            hasEnded = count == 0
            ready =
                0..<(hasEnded ? coder.finish(into: output) : coder.transcode(UnsafeBufferPointer(rebasing: input[..<count]), into: output))
        }
        let count = min(ready.count, buffer.count)
        guard count > 0 else { return 0 }
        _ = UnsafeMutableBufferPointer(rebasing: buffer[..<count]).update(
            fromContentsOf: output[ready.lowerBound..<ready.lowerBound + count])
        ready = ready.lowerBound + count..<ready.upperBound
        return count
    }
}
