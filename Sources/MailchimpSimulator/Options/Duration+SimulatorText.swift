extension Duration {
    /// Reads `300ms`, `1.5s`, `2m`, or `0`: the durations of `--latency` and of faults, up to a day.
    ///
    /// - Throws: ``SimulatorError`` `simulator.bad_duration`, which names `option`.
    package static func simulator(_ text: String, option: String = "--latency") throws(SimulatorError) -> Duration {
        let trimmed = text.filter { $0 != " " }
        let units: [(suffix: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60)]
        for (suffix, scale) in units where trimmed.hasSuffix(suffix) {
            if let seconds = seconds(trimmed.dropLast(suffix.count), scale: scale) {
                return .milliseconds(Int64((seconds * 1000).rounded()))
            }
            break
        }
        if seconds(trimmed[...], scale: 1) == 0 { return .zero }
        throw SimulatorError(
            .badDuration, at: option, "'\(text)' is not a duration; write a number with a unit, such as 300ms, 1.5s, or 2m")
    }

    private static func seconds(_ number: Substring, scale: Double) -> Double? {
        guard number.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let value = Double(number), value * scale <= 86_400 else {
            return nil
        }
        return value * scale
    }
}
