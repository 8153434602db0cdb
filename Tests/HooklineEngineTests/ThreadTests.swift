import HooklineCore
import HooklineEngine
import Support
import Synchronization
import Testing

@Suite("Threads that read ahead")
struct ThreadTests {
    /// What a run reports, and how far it had read each time it decided.
    private struct Course: Equatable {
        var error: String?
        var buckets: Buckets
        var adds: [String]
        var steps: [Int]
    }

    private static func course(
        _ rows: [(String, String)], threads: Int, breaksBefore: Int? = nil, hooks: ScriptedHooks? = nil, oneRow: Model.OneRow? = nil
    ) async throws -> Course {
        let steps = Steps()
        var source = InMemorySource(users: rows, breaksBefore: breaksBefore)
        source.rowsPerBatch = 7
        let scenario = try Scenario(contacts: [])
        let plan = try? await scenario.runner(
            [], .init(hooks: hooks, oneRow: oneRow, threads: threads, progress: steps.note, source: source)
        ).plan().plan
        let report = await scenario.runner(
            [], .init(options: RunOptions(dryRun: true), hooks: hooks, oneRow: oneRow, threads: threads, source: source)
        ).run()
        return Course(
            error: report.failureText, buckets: report.buckets,
            adds: try plan.map { plan in
                try plan.segments.flatMap { try $0.adds.addresses(0..<$0.adds.count) }
            } ?? [], steps: steps.rows)
    }

    private final class Cancel: Sendable {
        private let task = Mutex<Task<RunReport, Never>?>(nil)
        func set(_ task: Task<RunReport, Never>) { self.task.withLock { $0 = task } }
        func now() { task.withLock { $0?.cancel() } }
    }

    /// How far a run has read.
    private final class Steps: Sendable {
        private let read = Mutex<[Int]>([])
        var rows: [Int] { read.withLock { $0 } }
        @Sendable func note(_ progress: Progress) {
            if case .reading(let rows) = progress { read.withLock { $0.append(rows) } }
        }
    }

    private static func crowd(_ random: inout SeededGenerator) -> [(String, String)] {
        (0..<Int.random(in: 0...400, using: &random)).map { _ in
            let number = Int.random(in: 0..<300, using: &random)
            return (["", "nobody", "user\(number)@example.com", "USER\(number)@example.com "].randomElement(using: &random) ?? "", "NL")
        }
    }

    @Test("make no difference to what is decided, nor to an error and to what was decided before it", arguments: UInt64(1)...40)
    func agreement(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let rows = Self.crowd(&random)
        let breaks = Bool.random(using: &random) ? Int.random(in: 1...max(1, rows.count), using: &random) : nil
        let oneRow = seed % 4 == 0 ? Model.OneRow(key: .email, keep: .last) : nil
        func hooks() -> ScriptedHooks? {
            seed % 3 == 0
                ? ScriptedHooks { batch, row in
                    batch.rowNumbers[row] % 5 == 0 ? .drop("fifth") : batch.rowNumbers[row] % 7 == 0 ? .keepAs("new@example.com") : .keep
                } : nil
        }
        let expected = try await Self.course(rows, threads: 1, breaksBefore: breaks, hooks: hooks(), oneRow: oneRow)
        for threads in [2, 8] {
            let found = try await Self.course(rows, threads: threads, breaksBefore: breaks, hooks: hooks(), oneRow: oneRow)
            #expect(found == expected, "seed \(seed), \(threads) threads")
        }
    }

    @Test("read no further ahead than a bound, and have ended when a run has failed", arguments: [2, 8])
    func bound(threads: Int) async throws {
        struct Stumble: Error {}
        let source = CountedSource()
        let scenario = try Scenario(contacts: [])
        let hooks = ScriptedHooks { batch, row in
            if batch.rowNumbers[row] >= 50 { throw Stumble() }
            return .keep
        }
        let report = await scenario.run([], .init(hooks: hooks, threads: threads, source: source))
        #expect(report.outcome == .failed)
        #expect(source.isReleased)
        // Those before the stumble, those with the hooks, and those that may wait.
        #expect(source.batches <= 50 + hooks.depth + 2 * (threads - 1) + 4)
    }

    @Test("end when the run is canceled, although the source has no row for long", arguments: [1, 2, 8])
    func canceled(threads: Int) async throws {
        // The source itself says when: a run blocks its thread, and there may be no other for this test.
        let cancel = Cancel()
        let source = CountedSource(pausesAt: 20) { cancel.now() }
        let scenario = try Scenario(contacts: [])
        let runner = scenario.runner([], .init(threads: threads, source: source))
        let run = Task { await runner.run() }
        cancel.set(run)
        let report = await run.value
        #expect(report.error?.code.rawValue == "engine.interrupted")
        #expect(source.isReleased)
    }

    @Test("end when the time of the run is over, although the source has no row for long", arguments: [1, 2, 8])
    func late(threads: Int) async throws {
        let scenario = try Scenario(contacts: [])
        let source = CountedSource(pausesAt: 20) { scenario.clock.advance(.seconds(60)) }
        let report = await scenario.run([], .init(maxDuration: 600, threads: threads, source: source))
        #expect(report.error?.code == "engine.deadline")
        #expect(source.isReleased)
    }
}

/// A source without end, of batches with one row each, that pauses at one of them until it is canceled.
private final class CountedSource: RowSource {
    private struct State {
        var batches = 0
        var cursors = 0
    }

    private let state = Mutex(State())
    private let pausesAt: Int
    private let whilePausing: @Sendable () -> Void

    init(pausesAt: Int = .max, whilePausing: @escaping @Sendable () -> Void = {}) {
        self.pausesAt = pausesAt
        self.whilePausing = whilePausing
    }

    var batches: Int { state.withLock { $0.batches } }
    /// Whether nobody can read it any more.
    var isReleased: Bool { state.withLock { $0.cursors == 0 } }

    func open() throws -> any RowCursor { Cursor(self) }

    private final class Cursor: RowCursor {
        let columns = Scenario.columns
        let rowsDropped = 0
        private let source: CountedSource
        private let isCancelled = Mutex<@Sendable () -> Bool>({ false })

        init(_ source: CountedSource) {
            self.source = source
            source.state.withLock { $0.cursors += 1 }
        }

        deinit { source.state.withLock { $0.cursors -= 1 } }

        var rowsRead: Int { source.batches }

        func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { self.isCancelled.withLock { $0 = isCancelled } }

        func read(into batch: inout RecordBatch, limit: Int) throws -> Bool {
            let number = source.state.withLock { state in
                state.batches += 1
                return state.batches
            }
            let isCancelled = isCancelled.withLock { $0 }
            while number == source.pausesAt {
                if isCancelled() { throw CancellationError() }
                source.whilePausing()
            }
            batch.removeAll()
            batch.append([[.integer(Int64(number)), .text("user\(number)@example.com"), "NL"]], first: number)
            return true
        }
    }
}
