import CLuaHost

/// A line that a script logged.
package struct LuaLogLine: Equatable, Sendable {
    /// How much it matters.
    package enum Level: String, Sendable {
        case debug, info, warn
    }

    package var level: Level
    /// At most 500 bytes.
    package var text: String
}

extension LuaMachine {
    /// The lines that scripts logged since the last time; and how many did not fit, over the machine's life.
    package func takeLog() -> (lines: [LuaLogLine], dropped: Int) {
        let lines = (0..<hl_log_count(machine)).compactMap { index -> LuaLogLine? in
            var level: UInt32 = 0
            var length = 0
            guard let text = hl_log_line(machine, index, &level, &length) else { return nil }
            return LuaLogLine(
                level: level == UInt32(HL_LOG_DEBUG) ? .debug : level == UInt32(HL_LOG_WARN) ? .warn : .info,
                text: String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
            )
        }
        hl_log_clear(machine)
        return (lines, Int(hl_log_dropped(machine)))
    }
}
