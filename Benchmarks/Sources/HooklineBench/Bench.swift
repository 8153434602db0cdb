import Foundation

/// Plans and runs of a million users, measured as whole processes: seconds, peak memory, and where the time went.
@main
struct Bench {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "calls" { return try CallTable.print() }
        let users = arguments.first.flatMap { Int($0) } ?? 1_000_000
        let stage = try Stage(users: users)
        defer { stage.clear() }
        print(
            "hookline, release build, \(users) users of 6 columns (\(stage.sourceMegabytes) MB of CSV), \(ProcessInfo.processInfo.processorCount) cores"
        )
        var table = [["what", "seconds", "peak MB", "where the time went"]]
        func measure(_ what: String, _ command: [String], repeats: Int = 3) throws {
            // The median of three: machines are noisy.
            var runs: [Stage.Measure] = []
            for _ in 0..<repeats { runs.append(try stage.hookline(command)) }
            runs.sort { $0.seconds < $1.seconds }
            let run = runs[repeats / 2]
            table.append([what, String(format: "%.2f", run.seconds), String(format: "%.0f", run.peakMegabytes), run.phases])
        }
        try measure("plan, empty ledger, no hooks", ["plan", "plain", "--verbose", "--json"])
        try measure("plan, empty ledger, map and filter", ["plan", "hooked", "--verbose", "--json"])
        try measure("first run: every user is added", ["run", "hooked", "--verbose", "--json"], repeats: 1)
        try measure("plan, full ledger, nothing changed", ["plan", "hooked", "--verbose", "--json"])
        try stage.churn()
        try measure("plan, full ledger, 1 % in and 1 % out", ["plan", "hooked", "--verbose", "--json"])
        try measure("run, 1 % in and 1 % out", ["run", "hooked", "--verbose", "--json"], repeats: 1)
        for row in table {
            print(row[0].padding(toLength: 40, withPad: " ", startingAt: 0), row[1].leftPadded(8), row[2].leftPadded(8), " ", row[3])
        }
        try CallTable.print()
    }
}

extension String {
    func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
