import HooklineCore
import Text

/// The results of tests in words: a line a test, and what differs below one that failed.
struct TestText {
    let results: [PackageTests.Result]

    func text(verbose: Bool) -> String {
        var lines: [String] = []
        for result in results {
            let passed = result.differences.isEmpty
            if passed, !verbose { continue }
            lines.append("\(passed ? "✔" : "✘") \(result.activation): \(result.test.name.onOneLine)")
            if passed { continue }
            lines.append("    \(result.test.position.file):\(result.test.position.line)")
            for difference in result.differences {
                lines += difference.split(separator: "\n", omittingEmptySubsequences: false).map { "    \(String($0).onOneLine)" }
            }
        }
        let failed = results.count { !$0.differences.isEmpty }
        let seconds = (results.reduce(0) { $0 + $1.seconds } * 100).rounded() / 100
        lines.append("\(results.count - failed) passed, \(failed) failed in \(seconds) s")
        return lines.joined(separator: "\n")
    }
}
