import Foundation

/// The processor time of a plan without hooks, beside the least that its steps take in plain C on this machine, in the same run.
enum FloorTable {
    private static let rounds = 5
    private static let bar = Bar(2.5)

    static func print(users: Int) throws {
        let stage = try Stage(users: users)
        defer { stage.clear() }
        Swift.print(
            "\nProcessor time of a plan of \(users) rows without hooks, empty ledger, beside its steps in C; ms, \(rounds) rounds by turns")
        var steps: [(name: String, figures: Figures)] = []
        var (plan, sum) = (Figures(), Figures())
        for _ in 0..<rounds {
            let floors = try floors(of: stage)
            if steps.isEmpty { steps = floors.map { ($0.name, Figures()) } }
            for (index, floor) in floors.enumerated() { steps[index].figures.add(floor.milliseconds) }
            sum.add(floors.reduce(0) { $0 + $1.milliseconds })
            plan.add(try stage.hookline(["plan", "plain", "--quiet"]).processorSeconds * 1_000)
        }
        let ratio = plan.ratios(to: sum)
        Columns.print(
            steps.map { [$0.name, $0.figures.text("%.1f"), ""] } + [
                ["together", sum.text("%.0f"), ""], ["the plan", plan.text("%.0f"), ""],
                ["the plan ÷ together", ratio.text("%.2f"), bar.verdict(on: ratio.median)],
            ])
    }

    private static func floors(of stage: Stage) throws -> [(name: String, milliseconds: Double)] {
        let run = try ProgramRun(Stage.built("hookline-floors"), [stage.source.path, "3"], in: stage.root)
        return String(decoding: run.output, as: UTF8.self).split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "\t")
            return cells.count == 4 ? Double(cells[1]).map { (String(cells[0]), $0) } : nil
        }
    }
}
