import Foundation
import Testing

/// `HOOKLINE_SEEDS=N` plays so many episodes, `HOOKLINE_SEED=N` plays one and tells its story.
@Suite("Whatever happens on the way, after the next clean run the segments are right, and nobody else was touched")
struct SimulationTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let count = environment["HOOKLINE_SEEDS"].flatMap { Int($0) } ?? 2_000

    @Test("under every seed: faults, lies, deaths at any moment, jumps of the clock, others at work")
    func seeds() async throws {
        if let one = Self.environment["HOOKLINE_SEED"].flatMap({ UInt64($0) }) {
            var episode = try Episode(seed: one)
            let complaints = try await episode.play()
            print(episode.story.joined(separator: "\n"))
            #expect(complaints == [])
            return
        }
        let failures = await Self.failures(seeds: 1...UInt64(Self.count), sabotage: nil, limit: 5)
        for failure in failures { Issue.record(Comment(rawValue: failure)) }
    }

    @Test("and a seed tells the same story whenever it is played", arguments: [28_347, 29_899] + (1...40).map { UInt64($0) })
    func replay(_ seed: UInt64) async throws {
        var (first, second) = (try Episode(seed: seed), try Episode(seed: seed))
        _ = try await first.play()
        _ = try await second.play()
        #expect(first.story == second.story)
        #expect(first.calls == second.calls)
    }

    @Test("and a mistake of each kind is caught when it is put in on purpose", arguments: Sabotage.allCases)
    func sabotage(_ mistake: Sabotage) async {
        let failures = await Self.failures(seeds: 1...200, sabotage: mistake, limit: 1)
        #expect(!failures.isEmpty, "200 episodes did not notice that Hookline \(mistake.rawValue)")
    }

    /// What went wrong, with how to see it again; at most about `limit` of it.
    private static func failures(seeds: ClosedRange<UInt64>, sabotage: Sabotage?, limit: Int) async -> [String] {
        await withTaskGroup(of: [String].self) { group in
            let lanes = UInt64(ProcessInfo.processInfo.activeProcessorCount)
            for lane in 0..<lanes {
                group.addTask {
                    var found: [String] = []
                    for seed in seeds where seed % lanes == lane && found.count < limit {
                        do {
                            var episode = try Episode(seed: seed, sabotage: sabotage)
                            let complaints = try await episode.play()
                            if let first = complaints.first {
                                found.append("seed \(seed): \(first) (HOOKLINE_SEED=\(seed) swift test --filter SimulationTests/seeds)")
                            }
                        } catch {
                            found.append("seed \(seed): \(error)")
                        }
                    }
                    return found
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }
}
