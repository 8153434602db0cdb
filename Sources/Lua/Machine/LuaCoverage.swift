import CLuaHost

/// What ran in one file.
package struct LuaCoverage: Equatable, Sendable {
    package var file: String
    package var lines: Set<Int>
    /// The first lines of the functions that ran.
    package var functions: Set<Int>
}

extension LuaMachine {
    /// What has run so far, file by file; empty unless `LuaLimits.notesCoverage` is set.
    ///
    /// - Throws: `LuaError` when the machine cannot be used any more.
    package func coverage() throws(LuaError) -> [LuaCoverage] {
        var answer = try port.ask(Message(Int(HL_COVERAGE)))
        var files: [LuaCoverage] = []
        for _ in 0..<(try answer.number(UInt32.self)) {
            files.append(LuaCoverage(file: try answer.text(), lines: try answer.lines(), functions: try answer.lines()))
        }
        return files
    }
}

extension Answer {
    fileprivate mutating func lines() throws(LuaError) -> Set<Int> {
        var lines: Set<Int> = []
        for _ in 0..<(try number(UInt32.self)) { lines.insert(Int(try number(UInt32.self))) }
        return lines
    }
}
