/// What has come from a worker, cut into frames: a length of four bytes, then that many bytes, the first of which is the kind.
struct FrameBuffer {
    typealias Frame = (kind: UInt8, body: [UInt8])

    /// Twice the size of the largest honest answer.
    private static let longestFrame = 64 << 20
    private var received: [UInt8] = []

    mutating func append(_ bytes: ArraySlice<UInt8>) { received.append(contentsOf: bytes) }

    /// The next frame; nil while it is incomplete.
    ///
    /// - Throws: `LuaError.Code.misuse` for an impossible length.
    mutating func next() throws(LuaError) -> Frame? {
        guard received.count >= 4 else { return nil }
        let length = Int(received.withUnsafeBytes { UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self)) })
        guard length >= 1, length <= Self.longestFrame else { throw Answer.malformed }
        guard received.count >= 4 + length else { return nil }
        defer { received.removeFirst(4 + length) }
        return (received[4], Array(received[5..<4 + length]))
    }

    /// The bytes as a frame.
    static func frame(_ bytes: [UInt8]) -> [UInt8] {
        var frame: [UInt8] = []
        withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { frame.append(contentsOf: $0) }
        frame.append(contentsOf: bytes)
        return frame
    }
}
