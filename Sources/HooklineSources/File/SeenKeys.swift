import Synchronization

/// Which of a file's keys any of its readers has seen.
final class SeenKeys: Sendable {
    private let isSeen: Mutex<[Bool]>

    init(count: Int) { isSeen = Mutex(Array(repeating: false, count: count)) }

    /// Notes what a reader has seen so far.
    func note(_ seen: UnsafeMutableBufferPointer<Bool>) {
        isSeen.withLock { isSeen in
            for index in isSeen.indices where seen[index] { isSeen[index] = true }
        }
    }

    /// The names of the keys that no reader has seen.
    func unseen(of names: [String]) -> [String] { isSeen.withLock { zip(names, $0).filter { !$1 }.map(\.0) } }
}
