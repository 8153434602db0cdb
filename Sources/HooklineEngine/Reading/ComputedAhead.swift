import Foundation
import HooklineCore

/// Computes numbered values on several threads: the one that collects them, in their order, and others that are a few values ahead of it.
///
/// Whatever the number of threads, values come in their order, and the first error is that of the first value that has one.
final class ComputedAhead<Value: Sendable>: @unchecked Sendable {
    // Unchecked because the lock of `change` guards everything that changes.
    private let count: Int
    /// The most values that are being computed, or that nobody has collected.
    private let most: Int
    private let compute: @Sendable (Int) throws -> Value
    private let change = NSCondition()
    private var next = 0
    private var collected = 0
    private var values: [Int: Result<Value, any Error>] = [:]
    private var isOver = false
    private let running = DispatchGroup()

    /// - Parameters:
    ///   - count: how many values there are.
    ///   - threads: how many threads compute, with the one that collects.
    ///   - compute: computes one, on any thread.
    init(_ count: Int, threads: Int, _ compute: @escaping @Sendable (Int) throws -> Value) {
        self.count = count
        self.compute = compute
        most = threads + 1
        for _ in 0..<max(0, min(threads, count) - 1) {
            running.enter()
            let thread = Thread { [self] in
                work()
                running.leave()
            }
            thread.name = "hookline.deciding"
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    private func work() {
        while let number = take() {
            let value = Result { try compute(number) }
            change.withLock {
                values[number] = value
                change.broadcast()
            }
        }
    }

    /// The number of a value to compute, when there is room for it; nil once there are no more.
    private func take() -> Int? {
        change.withLock {
            while !isOver, next < count, next >= collected + most { change.wait() }
            if isOver || next == count { return nil }
            next += 1
            return next - 1
        }
    }

    /// The next value, which this thread computes if no other has begun to.
    ///
    /// - Throws: what computing it throws.
    func collect() throws -> Value {
        let number = collected
        let ready: Result<Value, any Error>? = change.withLock {
            if next == number {
                next += 1
                return nil
            }
            while true {
                if let value = values.removeValue(forKey: number) { return value }
                change.wait()
            }
        }
        let value = ready ?? Result { try compute(number) }
        change.withLock {
            collected += 1
            change.broadcast()
        }
        return try value.get()
    }

    /// Ends the threads, and waits until they have. Call it in the end, also after an error.
    func end() {
        change.withLock {
            isOver = true
            change.broadcast()
        }
        running.wait()
    }
}
