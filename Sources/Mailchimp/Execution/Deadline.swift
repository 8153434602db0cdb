import Synchronization

/// A moment, in Unix seconds, that may be set while calls are in progress.
final class Deadline: Sendable {
    private let moment = Mutex<Int64?>(nil)

    func set(_ unixSeconds: Int64?) { moment.withLock { $0 = unixSeconds } }

    func isPassed(at now: Int64) -> Bool { moment.withLock { $0 }.map { now >= $0 } ?? false }
}
