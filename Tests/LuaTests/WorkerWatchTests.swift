import Testing

@testable import Lua

@Suite("The watch over a worker")
struct WorkerWatchTests {
    private static let start = ContinuousClock.now
    private static let millisecond: UInt64 = 1_000_000

    /// A watch over a worker that has used a second of processor time before.
    private func watch() -> WorkerWatch {
        var jail = LuaJail()
        jail.grace = .milliseconds(500)
        jail.longestSilence = .seconds(60)
        return WorkerWatch(
            limits: LuaLimits(processorTime: .seconds(2)), jail: jail, processorTime: 1_000 * Self.millisecond, at: Self.start)
    }

    @Test("lets a worker use its processor time and the grace, and no more")
    func processorTime() {
        var watch = watch()
        #expect(watch.reasonToEnd(processorTime: 3_500 * Self.millisecond, at: Self.start) == nil)
        #expect(watch.reasonToEnd(processorTime: 3_501 * Self.millisecond, at: Self.start) != nil)
    }

    @Test("counts a worker's processor time even while bytes trickle in")
    func trickle() {
        var watch = watch()
        watch.noteSign(at: Self.start + .seconds(1))
        #expect(watch.reasonToEnd(processorTime: 3_501 * Self.millisecond, at: Self.start + .seconds(1)) != nil)
    }

    @Test("ends a worker that shows no sign of life: neither bytes nor processor time")
    func silence() {
        var watch = watch()
        #expect(watch.reasonToEnd(processorTime: 1_000 * Self.millisecond, at: Self.start + .seconds(60)) == nil)
        #expect(watch.reasonToEnd(processorTime: 1_000 * Self.millisecond, at: Self.start + .seconds(61)) != nil)
        watch.noteSign(at: Self.start + .seconds(61))
        #expect(watch.reasonToEnd(processorTime: 1_000 * Self.millisecond, at: Self.start + .seconds(120)) == nil)
        #expect(watch.reasonToEnd(processorTime: 1_001 * Self.millisecond, at: Self.start + .seconds(122)) == nil)
        #expect(watch.reasonToEnd(processorTime: 1_001 * Self.millisecond, at: Self.start + .seconds(183)) != nil)
    }
}
