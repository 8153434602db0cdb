/// Records in partitions, which can be read one after another when all of them are too much for memory.
///
/// A partition has its records in the order in which they were appended. One thread appends; after `seal`, any may read.
package final class ScratchRuns: @unchecked Sendable {
    /// How many bits of a number choose its partition, the highest ones.
    package let bits: Int
    private let scratch: any Scratch
    /// How many bytes of each partition wait in memory to be written together.
    private let room: Int
    private var buffers: UnsafeMutablePointer<UInt8>?
    private let filled: UnsafeMutablePointer<Int>
    private let records: UnsafeMutablePointer<Int>
    private var pieces: [[Piece]]

    private struct Piece {
        let position: Int
        let size: Int
    }

    package init(bits: Int, room: Int = 16_384, in scratch: any Scratch) {
        self.bits = bits
        self.room = room
        self.scratch = scratch
        pieces = Array(repeating: [], count: 1 << bits)
        buffers = .allocate(capacity: room << bits)
        filled = .allocate(capacity: 1 << bits)
        filled.initialize(repeating: 0, count: 1 << bits)
        records = .allocate(capacity: 1 << bits)
        records.initialize(repeating: 0, count: 1 << bits)
    }

    deinit {
        buffers?.deallocate()
        filled.deallocate()
        records.deallocate()
    }

    /// How many partitions there are.
    package var count: Int { 1 << bits }

    /// How many records a partition has.
    package func records(of partition: Int) -> Int { records[partition] }

    /// The partition of a number.
    package func partition(of number: UInt64) -> Int { Int(truncatingIfNeeded: number >> UInt64(64 - bits)) }

    /// Appends a record to a partition.
    ///
    /// - Parameters:
    ///   - size: its bytes.
    ///   - partition: where it belongs.
    ///   - write: writes all of its bytes.
    /// - Throws: the scratch's errors.
    @inline(__always)
    package func append(_ size: Int, to partition: Int, _ write: (UnsafeMutableRawPointer) -> Void) throws {
        guard let buffers else { preconditionFailure("nothing is appended to sealed runs") }
        records[partition] += 1
        if filled[partition] + size > room {
            try flush(partition, buffers)
            if size > room { return try appendAlone(size, to: partition, write) }
        }
        write(UnsafeMutableRawPointer(buffers + partition * room + filled[partition]))
        filled[partition] += size
    }

    /// Writes what waits in memory, and frees it.
    ///
    /// - Throws: the scratch's errors.
    package func seal() throws {
        guard let buffers else { return }
        for partition in 0..<count { try flush(partition, buffers) }
        buffers.deallocate()
        self.buffers = nil
    }

    /// All bytes of a partition, once the runs are sealed.
    ///
    /// - Throws: the scratch's errors.
    package func bytes(of partition: Int) throws -> [UInt8] {
        let pieces = pieces[partition]
        let size = pieces.reduce(0) { $0 + $1.size }
        return try [UInt8](unsafeUninitializedCapacity: size) { bytes, filled in
            for piece in pieces {
                try scratch.read(
                    at: piece.position,
                    into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(bytes)[filled..<filled + piece.size]))
                filled += piece.size
            }
        }
    }

    private func flush(_ partition: Int, _ buffers: UnsafeMutablePointer<UInt8>) throws {
        if filled[partition] == 0 { return }
        try note(UnsafeRawBufferPointer(start: buffers + partition * room, count: filled[partition]), partition)
        filled[partition] = 0
    }

    private func appendAlone(_ size: Int, to partition: Int, _ write: (UnsafeMutableRawPointer) -> Void) throws {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
        defer { bytes.deallocate() }
        if let start = bytes.baseAddress { write(start) }
        try note(UnsafeRawBufferPointer(bytes), partition)
    }

    private func note(_ bytes: UnsafeRawBufferPointer, _ partition: Int) throws {
        pieces[partition].append(Piece(position: try scratch.append(bytes), size: bytes.count))
    }
}
