import CPatternFuzz
import Testing

// The system's Lua is the reference: the same call with its function and with ours must give the same results, or the same error.
@Suite("Patterns, against the system's Lua")
struct PatternFuzzTests {
    private static let casesPerSeed: UInt64 = 125_000

    @Test("a million random calls of find, match, gmatch and gsub give what Lua's own give", arguments: UInt64(1)...8)
    func agreement(seed: UInt64) {
        let report = FuzzReport(seed: seed, cases: Self.casesPerSeed)
        #expect(report.failure == nil)
        #expect(report.raw.cases == Self.casesPerSeed)
    }

    @Test(
        "remembering failures changes no result, whether from the first step or midway",
        arguments: [(UInt64(11), UInt32(1)), (12, 7), (13, 40)])
    func memo(seed: UInt64, steps: UInt32) {
        #expect(FuzzReport(seed: seed, cases: 100_000, memoAfterSteps: steps).failure == nil)
    }

    @Test("the random calls use every feature of patterns, and find matches with it")
    func coverage() {
        let report = FuzzReport(seed: 21, cases: 20_000)
        for function in 0..<PATTERN_FUNCTIONS {
            #expect(report.calls(of: function) > 4_000, "function \(function)")
            #expect(report.matches(of: function) > 1_000, "function \(function)")
        }
        for feature in 0..<PATTERN_FEATURES {
            #expect(report.cases(with: feature) > 100, "feature \(feature)")
            #expect(report.matches(with: feature) > 50, "feature \(feature)")
        }
        #expect(report.raw.errors > 1_000)
    }

    @Test("a reference with a deliberate flaw is found out", arguments: 1..<PATTERN_FLAWS)
    func flaws(flaw: Int) {
        let report = FuzzReport(seed: 31, cases: 10_000, flaw: flaw)
        #expect(report.raw.mismatches > 10)
        #expect(report.failure?.contains("seed 31, case \(report.raw.first_mismatch): string.") == true)
    }

    @Test("a case depends only on its seed and number, so that a mismatch can be replayed alone")
    func replay() {
        let report = FuzzReport(seed: 41, cases: 10_000, flaw: PATTERN_FLAW_BALANCE)
        let again = FuzzReport(seed: 41, first: report.raw.first_mismatch, cases: 1, flaw: PATTERN_FLAW_BALANCE)
        #expect(report.failure != nil)
        #expect(again.failure == report.failure)
    }
}
