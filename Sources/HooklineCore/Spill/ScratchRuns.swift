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
    package func append(_ size: Int, to partition: Int, _ write: (UnsafeMutableRawPointer) -> Void) throws {
        if let target = try makeRoom(size, in: partition) { return write(target) }
        if let buffers { try flush(partition, buffers) }
        records[partition] += 1
        try appendAlone(size, to: partition, write)
    }

    /// Appends records that all have one size, a multiple of 4 bytes, and that each begin with the number that chooses its partition.
    ///
    /// - Throws: the scratch's errors.
    package func append(_ bytes: UnsafeRawBufferPointer, each size: Int) throws {
        precondition(size >= 8 && size <= room && size % 4 == 0 && bytes.count % size == 0)
        guard let start = bytes.baseAddress else { return }
        for record in stride(from: start, to: start + bytes.count, by: size) {
            let number = record.loadUnaligned(as: UInt64.self)
            guard let target = try makeRoom(size, in: partition(of: number)) else { continue }
            target.storeBytes(of: number, as: UInt64.self)
            for offset in stride(from: 8, to: size, by: 4) {
                target.storeBytes(of: record.loadUnaligned(fromByteOffset: offset, as: UInt32.self), toByteOffset: offset, as: UInt32.self)
            }
        }
    }

    /// Makes room for a record in a partition.
    ///
    /// - Returns: where to write all of its bytes, before anything else is appended; nil if they are too many, which only
    ///   ``append(_:to:_:)`` takes.
    /// - Throws: the scratch's errors.
    package func makeRoom(_ size: Int, in partition: Int) throws -> UnsafeMutableRawPointer? {
        guard let buffers else { preconditionFailure("nothing is appended to sealed runs") }
        if filled[partition] + size > room {
            if size > room { return nil }
            try flush(partition, buffers)
        }
        records[partition] += 1
        defer { filled[partition] += size }
        return UnsafeMutableRawPointer(buffers + partition * room + filled[partition])
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
