import Synchronization

/// When a run spills: from how many addresses on it keeps no more of them in memory, and where it puts them instead.
package final class Spilling: Sendable {
    /// Takes about 60 MB of memory with everything that belongs to them, and no run of a small shop ever writes a file.
    package static let defaultThreshold = 250_000

    /// How many addresses, of members and of rows, one run keeps in memory.
    package let threshold: Int
    private let makeScratch: @Sendable () throws -> any Scratch
    private let opened = Mutex<(any Scratch)?>(nil)

    /// - Parameters:
    ///   - threshold: how many addresses stay in memory.
    ///   - makeScratch: is called once, when the run has more.
    package init(threshold: Int = Spilling.defaultThreshold, makeScratch: @escaping @Sendable () throws -> any Scratch) {
        self.threshold = threshold
        self.makeScratch = makeScratch
    }

    /// The run's scratch; the first use makes it.
    ///
    /// - Throws: if it cannot be made.
    package func scratch() throws -> any Scratch {
        try opened.withLock { opened in
            if let opened { return opened }
            let scratch = try makeScratch()
            opened = scratch
            return scratch
        }
    }
}
