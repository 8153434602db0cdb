import HooklineCore
import Synchronization

/// A scratch in memory, on which a test may run out of room.
package final class InMemoryScratch: Scratch {
    /// There is no room.
    package struct Full: Error {
        package init() {}
    }

    private let bytes = Mutex<[UInt8]>([])
    private let room: Int
    private let willAppend: @Sendable () throws -> Void

    /// - Parameters:
    ///   - room: how many bytes fit.
    ///   - willAppend: is called before each piece.
    package init(room: Int = .max, willAppend: @escaping @Sendable () throws -> Void = {}) {
        self.room = room
        self.willAppend = willAppend
    }

    /// How many bytes it holds.
    package var size: Int { bytes.withLock { $0.count } }

    package func append(_ more: UnsafeRawBufferPointer) throws -> Int {
        try willAppend()
        return try bytes.withLock { bytes in
            guard bytes.count + more.count <= room else { throw Full() }
            bytes.append(contentsOf: more)
            return bytes.count - more.count
        }
    }

    package func read(at position: Int, into target: UnsafeMutableRawBufferPointer) throws {
        bytes.withLock { bytes in target.copyBytes(from: bytes[position..<position + target.count]) }
    }
}
