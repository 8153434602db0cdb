import CZlib

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A gzip file (RFC 1952) of one or more members.
///
/// Uses zlib, because libarchive (as of 3.6) neither verifies a member's checksum nor distinguishes a damaged second member from the end
/// of the file.
final class GzipFile: Decompressor {
    private let descriptor: Int32
    private let stream: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutableBufferPointer<UInt8>
    /// Whether the current member has not ended.
    private var isInMember = true
    private var hasEnded = false

    init(_ descriptor: Int32) throws(ArchiveError) {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .system(errno) }
        self.descriptor = descriptor
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        input = .allocate(capacity: 1 << 16)
        // A 32 kB window; 16 selects gzip's header and trailer.
        guard inflateInit2_(stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            input.deallocate()
            throw ArchiveError(.damaged, "there is not enough memory to decompress the file")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(ArchiveError) -> Int {
        let room = UInt32(clamping: buffer.count)
        stream.pointee.next_out = buffer.baseAddress
        stream.pointee.avail_out = room
        while !hasEnded, stream.pointee.avail_out == room {
            if stream.pointee.avail_in == 0, try !fill() {
                if isInMember { throw ArchiveError(.damaged, "the file is cut off: it ends inside its compressed data") }
                hasEnded = true
                break
            }
            if !isInMember {
                inflateReset(stream)
                isInMember = true
            }
            try inflateMore()
        }
        return Int(room - stream.pointee.avail_out)
    }

    private func inflateMore() throws(ArchiveError) {
        switch inflate(stream, Z_NO_FLUSH) {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: isInMember = false
        default:
            let words = stream.pointee.msg.map { String(cString: $0) } ?? "no reason given"
            throw ArchiveError(.damaged, "the file is damaged; zlib says '\(words)'")
        }
    }

    /// Reads more of the file; false at its end.
    private func fill() throws(ArchiveError) -> Bool {
        let count = nextBytes(of: descriptor, input)
        guard count >= 0 else { throw .system(errno) }
        stream.pointee.next_in = input.baseAddress
        stream.pointee.avail_in = UInt32(count)
        return count > 0
    }
}

/// Reads the next bytes of the file; negative, with `errno`, if the system call fails.
private func nextBytes(of descriptor: Int32, _ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var count = read(descriptor, buffer.baseAddress, buffer.count)
    while count < 0, errno == EINTR { count = read(descriptor, buffer.baseAddress, buffer.count) }
    return count
}
