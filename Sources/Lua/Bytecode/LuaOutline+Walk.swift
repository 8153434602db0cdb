extension LuaOutline {
    /// Looks through a file's code, including functions that nobody calls.
    package init(_ chunk: LuaChunk) {
        var main = LuaWalk(chunk.main, upvalues: [.path(.globals, [])], entry: nil, isTopLevel: true)
        main.walk([])
        (accesses, retentions) = (main.accesses, main.retention.found)
        var names: [Int: String] = [:]
        if let table = Self.returnedTable(main) {
            var found: [String: Entry] = [:]
            for (name, value) in table.values {
                guard case .function(let index) = value else {
                    // It may be a function from elsewhere: the entry exists, and nothing is known about it.
                    found[name] = Entry(line: 0, returnedKeys: nil)
                    continue
                }
                names[index] = name
                found[name] = Entry(line: chunk.main.prototypes[index].lineDefined, returnedKeys: nil)
            }
            entries = found
        }
        for index in chunk.main.prototypes.indices {
            let name = names[index]
            let walk = look(
                into: chunk.main.prototypes[index], upvalues: main.functions[index], entry: name, isEntry: name != nil,
                isOnlyEntry: Self.isOnlyInTable(index, chunk.main))
            if let name {
                entries?[name]?.returnedKeys = Self.keys(of: walk)
                entries?[name]?.returnsNothing = walk.returned.allSatisfy { if case .none = $0 { true } else { false } }
            }
        }
    }

    @discardableResult
    private mutating func look(
        into prototype: LuaPrototype, upvalues: [LuaWalk.Value]?, entry: String?, isEntry: Bool, isOnlyEntry: Bool = false
    ) -> LuaWalk {
        let unknown = prototype.upvalues.map { _ in LuaWalk.Value.unknown }
        var walk = LuaWalk(prototype, upvalues: upvalues ?? unknown, entry: entry, isTopLevel: false)
        walk.walk(
            (0..<prototype.parameters).map { index in
                let name = prototype.locals.indices.contains(index) ? prototype.locals[index].name : ""
                return .path(.parameter(index: index, name: name, entry: isEntry ? entry : nil), [])
            })
        accesses += walk.accesses
        retentions += walk.retention.found.map {
            var retention = $0
            retention.isInSetUp = isEntry && entry == "setup" && isOnlyEntry
            return retention
        }
        for index in prototype.prototypes.indices {
            look(into: prototype.prototypes[index], upvalues: walk.functions[index], entry: entry, isEntry: false)
        }
        return walk
    }

    /// Whether an inner function goes straight into a field of a table when it is made, so that it has no other name.
    private static func isOnlyInTable(_ index: Int, _ main: LuaPrototype) -> Bool {
        let code = main.code.map(LuaInstruction.init)
        let makings = code.indices.filter { code[$0].operation == .closure && code[$0].bx == index }
        guard makings.count == 1, let making = makings.first, making + 1 < code.count else { return false }
        let next = code[making + 1]
        return next.operation == .setField && !next.k && next.c == code[making].a && next.a != next.c
            // A named local would stay in its register.
            && !main.locals.contains { $0.start == making + 1 }
    }

    /// The one table that the file returns; nil when the file has several returns, or when other code may have changed the table.
    private static func returnedTable(_ walk: LuaWalk) -> LuaWalk.Table? {
        // The compiler adds a return of its own at the end of every function.
        let values = walk.returned.filter { if case .none = $0 { false } else { true } }
        guard values.count == 1, case .table(let index) = values[0], !walk.tables[index].isOpen else { return nil }
        return walk.tables[index]
    }

    private static func keys(of walk: LuaWalk) -> Set<String>? {
        var keys: Set<String> = []
        for value in walk.returned {
            switch value {
            case .none: continue
            case .table(let index) where !walk.tables[index].isOpen: keys.formUnion(walk.tables[index].values.keys)
            default: return nil
            }
        }
        return keys
    }
}
