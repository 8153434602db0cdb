import HooklineApp
import HooklineCore
import Text

/// The results of tests for a terminal: a line for each test, and what differs below one that failed.
struct TestText {
    let results: [TestResult]

    /// The text.
    ///
    /// - Parameter showsPassed: whether tests that passed get a line, too.
    /// - Returns: several lines, the last with the totals.
    func text(showsPassed: Bool) -> String {
        var lines: [String] = []
        for result in results {
            if result.hasPassed, !showsPassed { continue }
            lines.append("\(result.hasPassed ? "✔" : "✘") \(result.activation): \(result.test.name.onOneLine)")
            if result.hasPassed { continue }
            lines.append("    \(result.test.position.file):\(result.test.position.line)")
            for difference in result.differences {
                lines += difference.split(separator: "\n", omittingEmptySubsequences: false).map { "    \(String($0).onOneLine)" }
            }
        }
        let failed = results.count { !$0.hasPassed }
        let seconds = (results.reduce(0) { $0 + $1.seconds } * 100).rounded() / 100
        lines.append("\(results.count - failed) passed, \(failed) failed in \(seconds) s")
        return lines.joined(separator: "\n")
    }
}
