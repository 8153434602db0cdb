import Foundation
import Synchronization

/// The memory of a process and of all that it started, sampled while they run.
///
/// Counted is the proportional set size (PSS in `/proc/PID/smaps_rollup`): a page that several of the processes share counts once. Linux only.
final class TreeMemory: Sendable {
    struct Peak {
        /// The most that all processes had together at one time, in megabytes (2^20 bytes).
        var megabytes: Double
        /// How often it was looked.
        var samples: Int
    }

    private static let pause = 0.01

    private let state = Mutex((peak: 0, samples: 0, isDone: false))
    private let ended = DispatchSemaphore(value: 0)

    /// Begins to watch.
    init(of root: Int32) {
        let thread = Thread { [self] in
            while !state.withLock({ $0.isDone }) {
                let kilobytes = Self.tree(root).reduce(0) { $0 + Self.kilobytes(of: $1) }
                state.withLock {
                    $0.peak = max($0.peak, kilobytes)
                    $0.samples += 1
                }
                Thread.sleep(forTimeInterval: Self.pause)
            }
            ended.signal()
        }
        thread.start()
    }

    /// Ends watching; nil where the system does not tell.
    func stop() -> Peak? {
        state.withLock { $0.isDone = true }
        ended.wait()
        let (peak, samples, _) = state.withLock { $0 }
        return peak > 0 ? Peak(megabytes: Double(peak) / 1_024, samples: samples) : nil
    }

    /// The process and its descendants.
    private static func tree(_ process: Int32) -> [Int32] {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        return threads.reduce(into: [process]) { found, thread in
            let children = (try? String(contentsOfFile: "/proc/\(process)/task/\(thread)/children", encoding: .utf8)) ?? ""
            for child in children.split(separator: " ").compactMap({ Int32($0) }) { found += tree(child) }
        }
    }

    private static func kilobytes(of process: Int32) -> Int {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/smaps_rollup", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Pss:") })
        else { return 0 }
        return line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
