import Synchronization

/// A value that many tasks write to.
final class Shared<Value: Sendable>: Sendable {
    private let content: Mutex<Value>

    init(_ value: Value) {
        content = Mutex(value)
    }

    var value: Value { content.withLock { $0 } }

    @discardableResult
    func change<Result: Sendable>(_ change: @Sendable (inout Value) -> Result) -> Result {
        content.withLock { change(&$0) }
    }
}

/// How many tasks are inside something at once.
struct Crowd: Sendable {
    private(set) var now = 0
    private(set) var most = 0

    mutating func enter() {
        now += 1
        most = max(most, now)
    }

    mutating func leave() { now -= 1 }
}
