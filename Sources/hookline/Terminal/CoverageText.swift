import Foundation
import HooklineCore
import HooklineHooks
import Text

/// Which lines and functions of scripts ran, with the text of those that did not.
struct CoverageText {
    let coverage: PackageCoverage
    /// The package's folder.
    let folder: String
    /// The package's name.
    let name: String

    /// The most lines of one file that are shown.
    private static let shownLimit = 20

    var text: String {
        var lines = [
            "coverage of \(name): \(Self.percent(coverage.linePercent)) of the lines, \(Self.percent(coverage.functionPercent)) of the functions"
        ]
        for file in coverage.files {
            let (missed, functions) = (file.missedLines, file.missedFunctions)
            lines.append(
                "  \(file.path.onOneLine): \(file.lines.count - missed.count) of \(file.lines.count) lines, "
                    + "\(file.functions.count - functions.count) of \(file.functions.count) functions")
            for line in functions where !missed.contains(line) { lines.append("    a function at line \(line) was never called") }
            if missed.isEmpty { continue }
            let source = (try? String(contentsOfFile: "\(folder)/\(file.path)", encoding: .utf8))?
                .split(separator: "\n", omittingEmptySubsequences: false)
            for line in missed.prefix(Self.shownLimit) {
                let mark = functions.contains(line) ? "never called" : "never ran"
                let text = source.flatMap { $0.indices.contains(line - 1) ? String($0[line - 1]) : nil } ?? ""
                lines.append("    \(String(repeating: " ", count: max(0, 5 - String(line).count)))\(line) │ \(text.onOneLine)    ← \(mark)")
            }
            if missed.count > Self.shownLimit { lines.append("    and \(missed.count - Self.shownLimit) more lines") }
        }
        return lines.joined(separator: "\n")
    }

    static func percent(_ value: Double) -> String {
        // Rounded down: 99.96 % must not look like 100 %.
        let tenths = (value * 10).rounded(.down) / 10
        return tenths == tenths.rounded() ? "\(Int(tenths)) %" : "\(tenths) %"
    }
}
