import Foundation

/// A plan beside DuckDB that does the same job, in the same run and by turns.
enum PeerTable {
    private static let rounds = 5

    /// One way in which the peer does it.
    private struct Peer {
        let name: String
        /// What `duckdb_plan.py` takes as its third argument.
        let way: String
        let bar: Bar
    }

    static func print(users: Int) throws {
        let stage = try Stage(users: users)
        defer { stage.clear() }
        Swift.print(
            "\nA plan of \(users) rows (\(stage.sourceMegabytes) MB) with map and filter, empty ledger; seconds, \(rounds) rounds by turns: median (least–most)"
        )
        let python = FileManager.default.currentDirectoryPath + "/.build-bench/peers/bin/python"
        let script = FileManager.default.currentDirectoryPath + "/Benchmarks/Peers/duckdb_plan.py"
        let hasPeers =
            FileManager.default.isExecutableFile(atPath: python)
            && (try? Process.run(URL(fileURLWithPath: python), arguments: ["-c", "import duckdb, lupa"]).waits()) == 0
        if !hasPeers { Swift.print("DuckDB is skipped: python3 -m venv, or pip with duckdb and lupa, cannot be had here") }
        let peers =
            hasPeers
            ? [
                Peer(name: "DuckDB, no scripts", way: "checks", bar: Bar(0.8)),
                Peer(name: "DuckDB, no scripts, nothing checked", way: "plain", bar: Bar(0.8)),
                Peer(name: "DuckDB with the same Lua", way: stage.hooks.path, bar: Bar(0.25)),
            ] : []
        func run(_ peer: Peer) throws -> ProgramRun {
            try ProgramRun(python, [script, stage.source.path, stage.root.path + "/peer.csv", peer.way], in: stage.root)
        }
        try check(stage, peers.map { ($0.name, try run($0)) })
        var ours = (seconds: Figures(), processor: Figures())
        var theirs = peers.map { _ in (seconds: Figures(), processor: Figures()) }
        for _ in 0..<rounds {
            let plan = try stage.hookline(["plan", "hooked", "--quiet"])
            ours.seconds.add(plan.seconds)
            ours.processor.add(plan.processorSeconds)
            for (index, peer) in peers.enumerated() {
                let other = try run(peer)
                theirs[index].seconds.add(other.seconds)
                theirs[index].processor.add(other.processorSeconds)
            }
        }
        var rows = [["", "wall", "processor", "Hookline ÷ it, wall", "", "processor"]]
        rows.append(["Hookline", ours.seconds.text("%.2f"), ours.processor.text("%.2f"), "", "", ""])
        for (peer, figures) in zip(peers, theirs) {
            let ratio = ours.seconds.ratios(to: figures.seconds)
            rows.append([
                peer.name, figures.seconds.text("%.2f"), figures.processor.text("%.2f"), ratio.text("%.2f"),
                peer.bar.verdict(on: ratio.median),
                ours.processor.ratios(to: figures.processor).text("%.2f"),
            ])
        }
        Columns.print(rows)
    }

    /// Stops the program if somebody finds another number of users: times for different jobs say nothing.
    private static func check(_ stage: Stage, _ runs: [(name: String, run: ProgramRun)]) throws {
        let plan = try JSONSerialization.jsonObject(with: try stage.hookline(["plan", "hooked", "--json"]).output) as? [String: Any]
        let segments = plan?["segments"] as? [[String: Any]]
        guard let count = (segments?.first?["adds"] as? [Any])?.count else { fatalError("the plan's JSON has no users to add") }
        for (name, run) in runs {
            let found = String(decoding: run.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            guard found == String(count) else { fatalError("\(name) finds \(found) users, and the plan \(count)") }
        }
        Swift.print("All find \(count) users.")
    }
}

extension Process {
    /// The status with which it ends.
    fileprivate func waits() -> Int32 {
        waitUntilExit()
        return terminationStatus
    }
}
