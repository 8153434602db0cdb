import CHostBaseline
import Foundation
import HooklineHooks
import Lua

/// What hooks cost per user, next to a C host in this process in the same run.
@main
struct HookBench {
    private static let repeats = 5
    private static let filter = "return { filter = function(user) return user.country == 'FR' and user.lifetime_value > 100 end }"
    private static let map =
        "return { map = function(user) return { FNAME = user.first_name, COUNTRY = user.country, LTV = user.lifetime_value } end }"
    private static let empty = "return { filter = function(user) return true end }"

    static func main() throws {
        // This program is its own worker.
        ScriptWorker.takeOverIfAsked()
        let count = CommandLine.arguments.dropFirst().first.flatMap { UInt32($0) } ?? 1_000_000
        guard let baseline = chost_users_create(count) else { throw BenchError.noMemory }
        defer { chost_users_destroy(baseline) }
        print(
            "hooks, \(count) users, \(repeats) alternating repeats, \(ProcessInfo.processInfo.processorCount) cores; ns per user, median (best)"
        )
        let users = BenchUsers(baseline, count: Int(count))
        try measureHooks(users, baseline)
        try measureColumns(baseline, count: Int(count) / 2)
        try measureLayers(users, baseline)
        try measureStart()
    }

    /// Nanoseconds per user in the C host.
    private static func cHost(_ users: OpaquePointer, _ what: Int) -> () throws -> Double {
        {
            var figure = chost_figure()
            guard chost_run(users, Int32(what), &figure) == 0 else { throw BenchError.baselineFailed }
            return figure.nanoseconds_per_user
        }
    }

    private static func measureHooks(_ users: BenchUsers, _ baseline: OpaquePointer) throws {
        let hooks = [
            ("filter, 2 of 6 fields", filter, [CHOST_FILTER]), ("map of 3 fields", map, [CHOST_MAP, CHOST_MAP_WRITTEN]),
            ("map and filter", String(cString: chost_script), [CHOST_MAP_FILTER]),
        ]
        row("", "C host", "one worker", "ratio", "two workers", "ratio")
        var verdicts: [String] = []
        for (name, script, baselines) in hooks {
            var round = Round()
            let (one, two) = (try HostPass(users, script: script, workers: 1), try HostPass(users, script: script, workers: 2))
            for what in baselines { round.add("C\(what)", cHost(baseline, what)) }
            round.add("one", one.run)
            round.add("two", two.run)
            try round.run(repeats: repeats)
            for what in baselines {
                let written = what == CHOST_MAP_WRITTEN ? ", C host writes all" : ""
                row(
                    name + written, text(round["C\(what)"]), text(round["one"]), ratio(round["one"], round["C\(what)"]), text(round["two"]),
                    ratio(round["two"], round["C\(what)"]))
                if what == CHOST_FILTER || what == CHOST_MAP {
                    let best = round["C\(what)"].best
                    verdicts.append(
                        "\(name), best of repeats: one worker \(verdict(round["one"].best / best, bar: 1.1)); "
                            + "two workers \(verdict(round["two"].best / best, bar: 0.75))")
                }
            }
        }
        for verdict in verdicts { print(verdict) }
    }

    private static func verdict(_ ratio: Double, bar: Double) -> String {
        String(format: "%.2f, bar %.2f: %@", ratio, bar, ratio <= bar ? "met" : "not met")
    }

    private static func measureColumns(_ baseline: OpaquePointer, count: Int) throws {
        let few = try HostPass(BenchUsers(baseline, count: count), script: filter, workers: 1)
        let many = try HostPass(BenchUsers(baseline, count: count, columnCount: 40), script: filter, workers: 1)
        var round = Round()
        round.add("few", few.run)
        round.add("many", many.run)
        try round.run(repeats: repeats)
        print()
        row("filter, one worker, \(count) users", "6 columns", "40 columns", "ratio")
        row("the same 2 fields read", text(round["few"]), text(round["many"]), ratio(round["many"], round["few"]))
    }

    private static func measureLayers(_ users: BenchUsers, _ baseline: OpaquePointer) throws {
        var round = Round()
        let read = [CHOST_COUNTRY, CHOST_LIFETIME_VALUE]
        let passes: [(String, () throws -> Double)] = [
            ("C host: a loop in Lua, tables there already", cHost(baseline, CHOST_LOOP)),
            ("C host: empty filter, table there already", cHost(baseline, CHOST_EMPTY)),
            ("C host: filter, 2 fields", cHost(baseline, CHOST_FILTER)),
            ("C host: filter, 2 fields, and a count hook", cHost(baseline, CHOST_FILTER_COUNTED)),
            ("C host: filter, all 6 fields", cHost(baseline, CHOST_FILTER_ALL)),
            ("machine in this process: empty filter", try MachinePass(users, filter: empty, used: [], jail: nil).run),
            ("machine in this process: filter", try MachinePass(users, filter: filter, used: read, jail: nil).run),
            ("machine in a worker, one batch at a time: filter", try MachinePass(users, filter: filter, used: read, jail: LuaJail()).run),
            ("hooks with one worker: empty filter", try HostPass(users, script: empty, workers: 1).run),
            ("hooks with one worker: filter", try HostPass(users, script: filter, workers: 1).run),
        ]
        for (name, measure) in passes { round.add(name, measure) }
        try round.run(repeats: repeats)
        print()
        row("layer by layer", "ns")
        for (name, _) in passes { row(name, text(round[name])) }
    }

    /// The life of a host without users, from nothing to its end.
    private static func measureStart() throws {
        var figures = Figures()
        for _ in 0..<21 {
            let start = ContinuousClock.now
            let host = try HostPass.host(filter)
            try host.start(columns: BenchUsers.columns, primaryKey: "id", context: HostPass.context)
            withExtendedLifetime(host) {}
            figures.add((ContinuousClock.now - start).nanoseconds)
        }
        print()
        row(
            "start of a worker with its script, until it is ready for users",
            String(format: "%.2f ms (%.2f)", figures.median / 1e6, figures.best / 1e6))
    }

    private static func text(_ figures: Figures) -> String { String(format: "%.0f (%.0f)", figures.median, figures.best) }
    private static func ratio(_ figures: Figures, _ other: Figures) -> String { String(format: "%.2f", figures.median / other.median) }

    private static func row(_ name: String, _ cells: String...) {
        let padded = cells.map { String(repeating: " ", count: max(1, 14 - $0.count)) + $0 }
        print(name.padding(toLength: max(56, name.count), withPad: " ", startingAt: 0) + padded.joined())
    }
}
