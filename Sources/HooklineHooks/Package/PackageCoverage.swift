import Lua

/// Which lines and functions of a package ran in all its tests.
package struct PackageCoverage: Sendable {
    /// The coverage of one file.
    package struct File: Sendable {
        package let path: String
        /// Lines with code, including those of functions that were never called.
        package let lines: [Int]
        package let linesRun: Set<Int>
        /// First lines of functions.
        package let functions: [Int]
        package let functionsRun: Set<Int>

        package var missedLines: [Int] { lines.filter { !linesRun.contains($0) } }
        package var missedFunctions: [Int] { functions.filter { !functionsRun.contains($0) } }
    }

    package let files: [File]

    /// Compiles the files to find their lines and functions.
    ///
    /// - Throws: `LuaError` when a file does not compile.
    package init(_ package: ScriptPackage, ran: [LuaCoverage], jail: LuaJail) throws {
        let machine = try LuaMachine(jail: jail, slots: 0)
        for file in package.files { try machine.add(LuaSource(module: file.module, file: file.path, text: file.text)) }
        files = try package.files.map { file in
            let main = try machine.chunk(of: file.module).main
            let ran = ran.filter { $0.file == file.path }
            return File(
                path: file.path, lines: Set(main.all.flatMap(\.activeLines)).sorted(),
                linesRun: ran.reduce(into: Set()) { $0.formUnion($1.lines) },
                functions: Set(main.all.dropFirst().map(\.lineDefined)).sorted(),
                functionsRun: ran.reduce(into: Set()) { $0.formUnion($1.functions) })
        }
    }

    /// The percentage of lines that ran; 100 when there are none.
    package var linePercent: Double { Self.percent(files.reduce(0) { $0 + $1.missedLines.count }, files.reduce(0) { $0 + $1.lines.count }) }
    /// The percentage of functions that ran; 100 when there are none.
    package var functionPercent: Double {
        Self.percent(files.reduce(0) { $0 + $1.missedFunctions.count }, files.reduce(0) { $0 + $1.functions.count })
    }

    static func percent(_ missed: Int, _ all: Int) -> Double { all == 0 ? 100 : Double(all - missed) * 100 / Double(all) }

    /// The coverage in the format that coverage viewers read: see geninfo(1) of LCOV.
    package func lcov(folder: String) -> String {
        files.map { file in
            var lines = ["TN:", "SF:\(folder)/\(file.path)"]
            for function in file.functions {
                lines += ["FN:\(function),line \(function)", "FNDA:\(file.functionsRun.contains(function) ? 1 : 0),line \(function)"]
            }
            lines += ["FNF:\(file.functions.count)", "FNH:\(file.functions.count - file.missedFunctions.count)"]
            lines += file.lines.map { "DA:\($0),\(file.linesRun.contains($0) ? 1 : 0)" }
            lines += ["LF:\(file.lines.count)", "LH:\(file.lines.count - file.missedLines.count)", "end_of_record"]
            return lines.joined(separator: "\n") + "\n"
        }.joined()
    }
}

extension LuaPrototype {
    /// This function and all inside it.
    fileprivate var all: [LuaPrototype] { [self] + prototypes.flatMap(\.all) }
}
