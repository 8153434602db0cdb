import HooklineCore
import HooklineHooks

/// A host with a script, and all users passing through it, several batches at once, as in the program.
final class HostPass {
    private let host: LuaHookHost
    private var users: BenchUsers
    private var carrier: UserBatch
    private(set) var kept = 0

    init(_ users: BenchUsers, script: String, workers: Int) throws {
        host = try Self.host(script, workers: workers)
        self.users = users
        carrier = UserBatch(columns: [])
        try host.start(columns: users.columns, primaryKey: "id", context: Self.context)
    }

    static func host(_ script: String, workers: Int = 1) throws -> LuaHookHost {
        try LuaHookHost(
            ScriptPackage(name: "bench", scripts: ["hooks.lua"], files: [ScriptPackage.File(path: "hooks.lua", text: script)]),
            settings: HookSettings(workers: workers))
    }

    static let context = HookContext(
        activation: "bench", parameters: [], now: 1_772_344_800, today: "2026-03-01", timezone: "Europe/Paris", run: "r-1", kind: .run,
        seed: 7)

    /// Runs all users once and returns nanoseconds per user.
    func run() throws -> Double {
        kept = 0
        var (submitted, collected) = (0, 0)
        let start = ContinuousClock.now
        while collected < users.batches.count {
            while submitted < users.batches.count, submitted - collected < host.depth {
                swap(&carrier.records, &users.batches[submitted])
                select(carrier.records.count)
                try host.submit(&carrier)
                submitted += 1
            }
            try host.collect(&carrier)
            for row in 0..<carrier.records.count where carrier.verdicts.verdicts[row] == .kept { kept += 1 }
            // Batches come back in the order in which they were submitted.
            swap(&carrier.records, &users.batches[collected])
            collected += 1
        }
        return (ContinuousClock.now - start).nanoseconds / Double(users.count)
    }

    private func select(_ rows: Int) {
        if carrier.selection.count != rows { carrier.selection = Array(repeating: 1, count: rows) }
    }
}

extension Duration {
    var nanoseconds: Double { Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9 }
}
