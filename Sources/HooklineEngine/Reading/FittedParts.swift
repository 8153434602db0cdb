import Dispatch
import HooklineCore
import Synchronization

/// What reading threads have fitted and nobody has collected yet, in the order of the source. Holds a bounded number of rows and bytes.
final class FittedParts: Sendable {
    /// What became of a part.
    enum Arrival: Sendable {
        case rows(UserBatch, RowCounts)
        case failure(any Error)
        /// Every part before it has been the last.
        case end
    }

    private struct State {
        var arrivals: [Int: Arrival] = [:]
        /// The number of bytes of each part that was taken and not collected.
        var sizes: [Int: Int] = [:]
        var bytes = 0
        /// The number of the part that the collector waits for.
        var awaited: Int?
        /// Whether a reader waits for room.
        var isRoomAwaited = false
        /// Whether no more parts may be taken.
        var isOver = false
        var spare: [UserBatch] = []

        /// Returns true if the collector waits for a part that is there.
        mutating func endWait() -> Bool {
            guard let awaited, arrivals[awaited] != nil else { return false }
            self.awaited = nil
            return true
        }
    }

    /// The most parts that are taken and not collected.
    private let mostParts: Int
    /// No part is taken while those before have that many bytes.
    private static let mostBytes = 16 << 20
    /// A batch with more bytes is not used again.
    private static let spareBytes = 1 << 20
    /// How often the collector asks whether it is over, in milliseconds.
    private static let patience = 20

    private let columns: [Column]
    /// Those that no thread has yet.
    private let readers: Mutex<[BatchReader]>
    private let state = Mutex(State())
    /// Held while a part is taken; the number of the next one.
    private let next: Mutex<Int>
    /// Signaled for the one that waits for it: the collector, or the reader whose turn it is to take a part.
    private let hasArrived = DispatchSemaphore(value: 0)
    private let hasRoom = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - columns: the source's columns.
    ///   - readers: one for each thread.
    ///   - first: the number of the first part.
    init(columns: [Column], readers: [BatchReader], first: Int) {
        self.columns = columns
        self.readers = Mutex(readers)
        mostParts = 2 * readers.count + 4
        next = Mutex(first)
    }

    /// Takes and fits parts until there are no more, with a reader of its own, which nobody holds any more on return.
    func work() {
        guard let reader = readers.withLock({ $0.popLast() }) else { return }
        while let number = take(with: reader) {
            var batch = state.withLock { $0.spare.popLast() } ?? UserBatch(columns: columns)
            do {
                let counts = try reader.fit(into: &batch)
                arrive(.rows(batch, counts), number)
            } catch {
                finishTaking()
                arrive(.failure(error), number)
            }
        }
    }

    /// Takes the next part when it is the reader's turn and there is room.
    ///
    /// - Returns: its number; nil if there are no more.
    private func take(with reader: BatchReader) -> Int? {
        next.withLock { next in
            guard waitForRoom() else { return nil }
            do {
                if let bytes = try reader.take() {
                    defer { next += 1 }
                    state.withLock { state in
                        state.sizes[next] = bytes
                        state.bytes += bytes
                    }
                    return next
                }
                finishTaking()
                arrive(.end, next)
            } catch {
                finishTaking()
                arrive(.failure(error), next)
            }
            return nil
        }
    }

    /// Returns false once no more parts may be taken.
    private func waitForRoom() -> Bool {
        while true {
            let (canTake, isAwaited): (Bool?, Bool) = state.withLock { state in
                if state.isOver { return (false, false) }
                if state.sizes.count < mostParts, state.bytes < Self.mostBytes { return (true, false) }
                state.isRoomAwaited = true
                return (nil, state.endWait())
            }
            if isAwaited { hasArrived.signal() }
            if let canTake { return canTake }
            hasRoom.wait()
        }
    }

    /// Lets nobody take a part any more.
    func finishTaking() {
        let isRoomAwaited = state.withLock { state in
            defer { state.isRoomAwaited = false }
            state.isOver = true
            return state.isRoomAwaited
        }
        if isRoomAwaited { hasRoom.signal() }
    }

    private func arrive(_ arrival: Arrival, _ number: Int) {
        let isAwaited = state.withLock { state in
            state.arrivals[number] = arrival
            // Not for each part: to wake a thread takes longer than to hand over a part.
            if case .rows = arrival, !state.isOver, state.arrivals.count < mostParts / 2 { return false }
            return state.endWait()
        }
        if isAwaited { hasArrived.signal() }
    }

    /// Waits for a part.
    ///
    /// - Parameters:
    ///   - number: the part after the one that was collected last.
    ///   - isOver: asked now and then; true ends the wait.
    /// - Returns: what became of it.
    /// - Throws: `CancellationError` once `isOver` returns true.
    func collect(_ number: Int, isOver: () -> Bool) throws -> Arrival {
        while true {
            let (arrival, makesRoom): (Arrival?, Bool) = state.withLock { state in
                guard let arrival = state.arrivals.removeValue(forKey: number) else {
                    state.awaited = number
                    return (nil, false)
                }
                state.awaited = nil
                state.bytes -= state.sizes.removeValue(forKey: number) ?? 0
                guard state.isRoomAwaited, state.sizes.count <= mostParts / 2, state.bytes <= Self.mostBytes / 2 else {
                    return (arrival, false)
                }
                state.isRoomAwaited = false
                return (arrival, true)
            }
            if makesRoom { hasRoom.signal() }
            if let arrival { return arrival }
            if hasArrived.wait(timeout: .now() + .milliseconds(Self.patience)) == .timedOut, isOver() { throw CancellationError() }
        }
    }

    /// Takes back a batch whose buffers can be used again.
    func reuse(_ batch: UserBatch) {
        if batch.records.columns.isEmpty || batch.records.byteCount > Self.spareBytes { return }
        state.withLock { if $0.spare.count < mostParts { $0.spare.append(batch) } }
    }
}
