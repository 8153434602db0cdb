import Foundation

/// The memory of plans of growing files: of the whole tree of processes, and with an empty and a full ledger.
enum MemoryTable {
    /// In megabytes.
    private static let bars = [1_000_000: Bar(120), 10_000_000: Bar(200), 30_000_000: Bar(250)]

    /// - Parameters:
    ///   - sizes: the numbers of rows.
    ///   - repeats: how often each plan is measured.
    /// - Throws: what the system says when a workspace cannot be written or a program cannot be started.
    static func print(sizes: [Int], repeats: Int) throws {
        Swift.print(
            "\nPeak memory of a plan with map and filter, all processes together (PSS every 10 ms), MB, \(repeats == 1 ? "one run each" : "median of \(repeats) (least–most)")"
        )
        var rows: [[String]] = []
        for users in sizes {
            let stage = try Stage(users: users)
            defer { stage.clear() }
            rows.append(try row("\(users) rows, empty ledger", stage, repeats))
            _ = try stage.hookline(["run", "hooked", "--yes", "--quiet"])
            rows.append(try row("\(users) rows, full ledger", stage, repeats))
        }
        Columns.print(rows)
    }

    private static func row(_ name: String, _ stage: Stage, _ repeats: Int) throws -> [String] {
        var figures = Figures()
        for _ in 0..<repeats {
            guard let peak = try stage.hookline(["plan", "hooked", "--quiet"], watchesMemory: true).peak else {
                return [name, "not measured: needs /proc/PID/smaps_rollup"]
            }
            figures.add(peak.megabytes)
        }
        return [name, figures.text("%.0f"), bars[stage.users]?.verdict(on: figures.median, "%.0f") ?? ""]
    }

    /// How a plan grows: ten times the rows beside ten times the time.
    static func printGrowth(rounds: Int) throws {
        let (small, large) = (try Stage(users: 1_000_000), try Stage(users: 10_000_000))
        defer {
            small.clear()
            large.clear()
        }
        var (one, ten) = (Figures(), Figures())
        for _ in 0..<rounds {
            one.add(try small.hookline(["plan", "hooked", "--quiet"]).seconds)
            ten.add(try large.hookline(["plan", "hooked", "--quiet"]).seconds)
        }
        let ratio = ten.ratios(to: Figures(one.values.map { $0 * 10 }))
        Swift.print("\nA plan of 10,000,000 rows beside ten of 1,000,000, wall seconds, \(rounds) rounds by turns: median (least–most)")
        Columns.print([
            ["1,000,000 rows", one.text("%.2f"), ""], ["10,000,000 rows", ten.text("%.2f"), ""],
            ["10,000,000 ÷ (10 × 1,000,000)", ratio.text("%.2f"), Bar(1.1).verdict(on: ratio.median)],
        ])
    }
}
