/// Code that may keep something from one call of a hook to the next, so that a row may have another result after other rows.
package struct LuaRetention: Equatable, Sendable {
    /// What the code does.
    package enum Kind: Equatable, Sendable {
        /// It assigns a variable that is declared outside the function.
        case variable(String)
        /// It changes a table that the same call did not make, as far as that is visible.
        case table
        /// It gives something another name that changes tables or keeps a position, so that it is not visible where that is used.
        case alias(String)
        /// It makes an iterator outside a loop: an iterator keeps its position.
        case iterator(String)
    }

    package var kind: Kind
    package var line: Int
    /// Whether it is in a `setup` function that nothing but the host can call.
    package var isInSetUp = false
}

/// Finds in one function what may keep something from call to call.
///
/// A proof, not a guess: code that is not understood counts as code that keeps something. It rests on names in the code being the names of
/// what is used: of libraries, only fields with constant names may be read, and at once.
struct LuaRetentionWatch {
    /// Functions that change the table that is their first argument.
    private static let changing: Set<[String]> = [
        ["setmetatable"], ["table", "insert"], ["table", "remove"], ["table", "sort"], ["hookline", "array"],
    ]
    /// Functions that change another argument.
    private static let obscure: Set<[String]> = [["table", "move"]]
    private static let libraries: Set<[String]> = [["table"], ["string"], ["hookline"]]
    private static let iterators: Set<String> = ["gmatch", "sorted_pairs", "pairs"]

    private(set) var found: [LuaRetention] = []
    /// Reads that must be used in a certain way: by register, what was read and where.
    private var pending: [Int: (name: String, position: Int, line: Int)] = [:]
    /// Tables of the function that get a metatable, which may lead later writes elsewhere: where they first do.
    private var metatables: [Int: Int] = [:]
    private var makings: [Int: Int] = [:]
    private var written: [(table: Int, position: Int, line: Int)] = []
    private let isTopLevel: Bool
    /// The instructions to which loops jump back.
    private let loops: [Int]

    init(isTopLevel: Bool, loops: [Int]) { (self.isTopLevel, self.loops) = (isTopLevel, loops) }

    mutating func made(_ table: Int, at position: Int) { makings[table] = position }

    mutating func assigned(_ name: String, line: Int) {
        if !isTopLevel { found.append(LuaRetention(kind: .variable(name), line: line)) }
    }

    /// A table is written; nil for one that the function did not make.
    mutating func wrote(_ table: Int?, at position: Int, line: Int) {
        if isTopLevel { return }
        if let table { written.append((table, position, line)) } else { found.append(LuaRetention(kind: .table, line: line)) }
    }

    /// Something with a name is read into a register; `path` is nil unless it leads from the globals.
    mutating func read(_ path: [String]?, _ name: String, from object: Int?, into register: Int, at position: Int, line: Int) {
        if let object, let library = pending[object], Self.libraries.contains([library.name]), position == library.position + 1 {
            pending[object] = nil
        }
        let isSpecial =
            path.map { Self.libraries.contains($0) || Self.changing.contains($0) || Self.obscure.contains($0) } == true
            || Self.iterators.contains(name)
        if isSpecial { pend(path?.joined(separator: ".") ?? name, register, position, line) }
    }

    /// All globals are read at once.
    mutating func readGlobals(line: Int) { found.append(LuaRetention(kind: .alias("_ENV"), line: line)) }

    private mutating func pend(_ name: String, _ register: Int, _ position: Int, _ line: Int) {
        if let other = pending[register] { found.append(Self.unused(other.name, other.line)) }
        pending[register] = (name, position, line)
    }

    /// A function is called.
    ///
    /// - Parameters:
    ///   - register: where it is.
    ///   - lastWrite: the instruction that put it there.
    ///   - argument: the first argument, if it is a table that the function made.
    ///   - isLoop: whether a loop takes the result.
    ///   - position: of the call.
    ///   - line: of the call.
    mutating func called(_ register: Int, lastWrite: Int?, argument: Int?, isLoop: Bool, at position: Int, line: Int) {
        guard let read = pending[register], read.position == lastWrite else { return }
        pending[register] = nil
        let path = read.name.split(separator: ".").map(String.init)
        if Self.obscure.contains(path) {
            wrote(nil, at: position, line: line)
        } else if Self.changing.contains(path) {
            wrote(argument, at: position, line: line)
            if path == ["setmetatable"], let argument { metatables[argument] = metatables[argument] ?? position }
        } else if Self.iterators.contains(path.last ?? "") {
            if !isLoop { found.append(LuaRetention(kind: .iterator(read.name), line: line)) }
        } else {
            found.append(Self.unused(read.name, read.line))
        }
    }

    /// Concludes after the last instruction.
    mutating func finish() {
        for read in pending.values.sorted(by: { $0.position < $1.position }) { found.append(Self.unused(read.name, read.line)) }
        pending = [:]
        for write in written {
            guard let metatable = metatables[write.table], let making = makings[write.table] else { continue }
            // A loop that began after the table was made may come back with its metatable.
            if write.position > metatable || loops.contains(where: { making < $0 && $0 <= write.position }) {
                found.append(LuaRetention(kind: .table, line: write.line))
            }
        }
    }

    private static func unused(_ name: String, _ line: Int) -> LuaRetention { LuaRetention(kind: .alias(name), line: line) }
}
