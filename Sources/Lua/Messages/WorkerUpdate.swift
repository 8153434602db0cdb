import CLuaHost

/// A line that a script logged.
package struct LuaLogLine: Equatable, Sendable {
    /// How important a line is.
    package enum Level: String, Sendable {
        case debug, info, warn
        /// What the library itself finds wrong with a lookup.
        case lookup
    }

    package var level: Level
    /// The source's number of the row whose hooks logged it; nil outside batches.
    package var rowNumber: Int?
    /// At most 500 bytes.
    package var text: String
}

/// The row for which a step was most expensive.
package struct LuaCost: Equatable, Sendable {
    /// Counted in steps of 1,000 unless `LuaLimits.exactInstructions` is set.
    package var instructions: Int
    package var patternSteps: Int
    /// The source's number of the row that took the most instructions.
    package var rowNumber: Int
}

/// What is new in a machine since the last update.
package struct WorkerUpdate: Equatable, Sendable {
    /// Why rows were dropped, in the order of the reasons' numbers: UTF-8, at most 200 bytes each, at most 4,002 over a machine's life.
    package var reasons: [String] = []
    /// Labels, in the order of their numbers: at most `LuaLimits.labelBytes` each, at most 10,000 over a machine's life.
    package var labels: [String] = []
    package var log: [LuaLogLine] = []
    /// Log lines that did not fit, over the machine's life.
    package var logLinesDropped = 0
    /// One for each step, over the machine's life.
    package var costs: [LuaCost] = []

    private static let levels: [UInt32: LuaLogLine.Level] = [
        UInt32(HL_LOG_DEBUG): .debug, UInt32(HL_LOG_WARN): .warn, UInt32(HL_LOG_LOOKUP): .lookup,
    ]

    package init() {}

    init(_ answer: inout Answer) throws(LuaError) {
        reasons = try answer.texts(most: 5_000)
        labels = try answer.texts(most: 10_000)
        let lines = try answer.number(UInt32.self)
        guard lines <= 1_000_000 else { throw Answer.malformed }
        for _ in 0..<lines {
            let level = try answer.number(UInt32.self)
            let row = try answer.number(Int64.self)
            log.append(
                LuaLogLine(
                    level: Self.levels[level] ?? .info,
                    rowNumber: row < 0 ? nil : Int(exactly: row), text: try answer.text()))
        }
        logLinesDropped = Int(clamping: try answer.number(UInt64.self))
        for _ in 0..<(try answer.number(UInt32.self)) {
            let instructions = try answer.number(UInt64.self)
            let patternSteps = try answer.number(UInt64.self)
            let row = try answer.number(Int64.self)
            costs.append(
                LuaCost(instructions: Int(clamping: instructions), patternSteps: Int(clamping: patternSteps), rowNumber: Int(row)))
        }
    }

    /// Appends a later update.
    package mutating func add(_ later: WorkerUpdate) {
        reasons += later.reasons
        labels += later.labels
        log += later.log
        logLinesDropped = later.logLinesDropped
        costs = later.costs
    }
}
