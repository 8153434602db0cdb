import HooklineCore
import HooklineHooks
import Lua
import Support

/// A package with one or more scripts, and users to run it on.
enum TestPackage {
    static let columns = [
        Column("id", .integer), Column("email", .text), Column("work_email", .text), Column("country", .text),
        Column("lifetime_value", .number), Column("subscribed_at", .timestamp),
    ]

    static let jail = LuaJail(executable: BuiltProgram.path("jail-program"))

    static let context = HookContext(
        activation: "vip-customers",
        parameters: [
            Parameter(name: "threshold", kind: .number, value: .number(100)),
            Parameter(name: "countries", kind: .list, value: .list([.text("FR"), .text("BE")])),
        ],
        now: 1_772_344_800, today: "2026-03-01", timezone: "Europe/Paris", run: "r-1", kind: .run, seed: 7
    )

    static func host(
        _ script: String, others: [String: String] = [:], scripts: [String] = ["hooks.lua"], safeguards: Safeguards = Safeguards(),
        limits: HookLimits = HookLimits(), workers: Int = 1, jail: LuaJail = jail
    ) throws -> LuaHookHost {
        let files = [ScriptPackage.File(path: "hooks.lua", text: script)] + others.map { ScriptPackage.File(path: $0.key, text: $0.value) }
        return try LuaHookHost(
            ScriptPackage(name: "vip-customers", scripts: scripts, files: files),
            settings: HookSettings(limits: limits, safeguards: safeguards, workers: workers, jail: jail))
    }

    static func started(
        _ script: String, others: [String: String] = [:], scripts: [String] = ["hooks.lua"], safeguards: Safeguards = Safeguards(),
        limits: HookLimits = HookLimits(), workers: Int = 1
    ) throws -> LuaHookHost {
        let host = try host(script, others: others, scripts: scripts, safeguards: safeguards, limits: limits, workers: workers)
        try host.start(columns: columns, primaryKey: "id", context: context)
        return host
    }

    /// `count` users, numbered from `first` on; every fourth has no country.
    static func crowd(_ count: Int, from first: Int) -> RecordBatch {
        var batch = RecordBatch(columns: columns)
        let countries = ["FR", "DE", "BE", nil]
        for row in first..<first + count {
            batch.columns[0].append(integer: Int64(row))
            batch.columns[1].append(text: "user\(row)@example.com")
            batch.columns[2].appendNull()
            if let country = countries[row % 4] { batch.columns[3].append(text: country) } else { batch.columns[3].appendNull() }
            batch.columns[4].append(number: Double(row % 500))
            batch.columns[5].appendNull()
            batch.endRow(number: row)
        }
        return batch
    }

    /// Five users; the third has no country.
    static func users(firstNumber: Int = 1) -> RecordBatch {
        var batch = RecordBatch(columns: columns)
        let countries = ["FR", "DE", nil, "BE", "FR"]
        for (index, country) in countries.enumerated() {
            batch.columns[0].append(integer: Int64(1_001 + index))
            batch.columns[1].append(text: "user\(index)@example.com")
            if index == 1 { batch.columns[2].append(text: "desk\(index)@example.org") } else { batch.columns[2].appendNull() }
            if let country { batch.columns[3].append(text: country) } else { batch.columns[3].appendNull() }
            batch.columns[4].append(number: Double(index) * 50)
            batch.columns[5].append(integer: 1_700_000_000 + Int64(index))
            batch.endRow(number: firstNumber + index)
        }
        return batch
    }
}

extension LuaHookHost {
    /// The verdicts on the five users.
    func verdicts(selection: [UInt8] = [1, 1, 1, 1, 1], firstNumber: Int = 1) throws -> HookVerdicts {
        try verdicts(of: TestPackage.users(firstNumber: firstNumber), selection: selection)
    }

    /// The verdicts on the users of a batch.
    func verdicts(of users: RecordBatch, selection: [UInt8]) throws -> HookVerdicts {
        var batch = UserBatch(columns: [])
        batch.records = users
        batch.selection = selection
        try submit(&batch)
        try collect(&batch)
        return batch.verdicts
    }
}

extension HookVerdicts {
    /// The reason of a dropped row.
    func reason(_ row: Int) -> String? { verdicts[row] == .dropped ? reasonTexts[Int(reasons[row])] : nil }

    /// The address that map gave a row.
    func address(_ row: Int) -> String? {
        addresses[row] == .mapped ? String(decoding: addressBytes[addressRanges[row]], as: UTF8.self) : nil
    }
}

extension HookError {
    /// Whether the message contains all of these: names, locations and numbers, not sentences.
    func mentions(_ facts: String...) -> Bool { facts.allSatisfy { message.contains($0) } }
}

/// The error that a closure throws; nil when it throws none.
func hookError(_ body: () throws -> Void) -> HookError? {
    do {
        try body()
        return nil
    } catch {
        return error as? HookError
    }
}
