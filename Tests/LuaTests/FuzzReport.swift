import CPatternFuzz

/// The result of a run of the pattern fuzz.
struct FuzzReport {
    private(set) var raw = pattern_fuzz_report()
    /// The first mismatch, with everything needed to replay it, or why there was no run.
    let failure: String?

    init(seed: UInt64, first: UInt64 = 0, cases: UInt64, memoAfterSteps: UInt32 = 0, flaw: Int = PATTERN_FLAW_NONE) {
        var plan = pattern_fuzz_plan(seed: seed, first: first, cases: cases, memo_after_steps: memoAfterSteps, flaw: Int32(flaw))
        let status = pattern_fuzz(&plan, &raw)
        let description = withUnsafeBytes(of: &raw.description) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        failure = status == 0 && raw.mismatches == 0 ? nil : description
    }

    func calls(of function: Int) -> UInt64 { Self.counts(raw.functions)[function] }
    func matches(of function: Int) -> UInt64 { Self.counts(raw.matched)[function] }
    func cases(with feature: Int) -> UInt64 { Self.counts(raw.features)[feature] }
    func matches(with feature: Int) -> UInt64 { Self.counts(raw.features_matched)[feature] }

    /// A C array, which Swift sees as a tuple.
    private static func counts<Tuple>(_ tuple: Tuple) -> [UInt64] {
        withUnsafeBytes(of: tuple) { Array($0.bindMemory(to: UInt64.self)) }
    }
}
