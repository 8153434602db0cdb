import Support
import Synchronization

/// Chance that many tasks may draw from.
final class SeededChance: Sendable {
    private let random: Mutex<SeededGenerator>
    init(seed: UInt64) { random = Mutex(SeededGenerator(seed: seed)) }
    func fraction() -> Double { random.withLock { Double.random(in: 0..<1, using: &$0) } }
}
