import Foundation

/// Plans and runs as whole processes: seconds, and where the time went.
enum PhaseTable {
    static func print(users: Int) throws {
        let stage = try Stage(users: users)
        defer { stage.clear() }
        var rows = [["what", "wall s", "processor s", "where the time went"]]
        func measure(_ what: String, _ command: [String], repeats: Int = 5) throws {
            var (seconds, processor) = (Figures(), Figures())
            var phases = ""
            for _ in 0..<repeats {
                let run = try stage.hookline(command)
                seconds.add(run.seconds)
                processor.add(run.processorSeconds)
                phases = run.errors.split(separator: "\n").first { $0.hasPrefix("phases: ") }.map { String($0.dropFirst(8)) } ?? ""
            }
            rows.append([what, seconds.text("%.2f"), processor.text("%.2f"), phases])
        }
        try measure("plan, empty ledger, no hooks", ["plan", "plain", "--verbose"])
        try measure("plan, empty ledger, map and filter", ["plan", "hooked", "--verbose"])
        try measure("first run: every user is added", ["run", "hooked", "--yes", "--verbose"], repeats: 1)
        try measure("plan, full ledger, nothing changed", ["plan", "hooked", "--verbose"])
        try stage.churn()
        try measure("plan, full ledger, 1 % in and 1 % out", ["plan", "hooked", "--verbose"])
        try measure("run, 1 % in and 1 % out", ["run", "hooked", "--yes", "--verbose"], repeats: 1)
        Swift.print(
            "\nPlans and runs of \(users) rows: median of five (least–most), one run of those that send; the phases are the last run's")
        Columns.print(rows)
    }
}
