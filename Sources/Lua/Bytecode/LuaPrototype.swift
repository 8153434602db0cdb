/// A compiled function, as its bytecode describes it.
package struct LuaPrototype: Equatable, Sendable {
    /// A constant that instructions refer to.
    package enum Constant: Equatable, Sendable {
        case none, boolean(Bool), integer(Int64), number(Double), string(String)
    }

    /// A variable of an enclosing function.
    package struct Upvalue: Equatable, Sendable {
        package var name: String
        /// Whether `index` is a register of the enclosing function; otherwise it is one of that function's upvalues.
        package var inStack: Bool
        package var index: Int
    }

    /// A local variable and the instructions that can access it.
    package struct Local: Equatable, Sendable {
        package var name: String
        /// The first instruction that can access it.
        package var start: Int
        /// One after the last.
        package var end: Int
    }

    /// 0 for the file itself.
    package var lineDefined = 0
    package var lastLineDefined = 0
    package var parameters = 0
    package var isVariadic = false
    package var code: [UInt32] = []
    package var constants: [Constant] = []
    package var upvalues: [Upvalue] = []
    package var prototypes: [LuaPrototype] = []
    /// The line of each instruction.
    package var lines: [Int] = []
    package var locals: [Local] = []

    /// The lines with instructions, sorted: those that a line hook can report when the function runs.
    package var activeLines: [Int] {
        // The first instruction of a variadic function prepares its arguments and belongs to no line.
        Set(isVariadic ? lines.dropFirst() : lines[...]).sorted()
    }
}

/// A compiled file.
package struct LuaChunk: Equatable, Sendable {
    /// The file's own code, with the functions in it.
    package var main: LuaPrototype
}
