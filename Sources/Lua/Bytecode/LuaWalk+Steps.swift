extension LuaWalk {
    /// Applies one instruction to the values.
    mutating func step(_ instruction: LuaInstruction, at position: Int) {
        let (a, b, c) = (instruction.a, instruction.b, instruction.c)
        var result: Value = .unknown
        switch instruction.operation {
        case .move: result = value(b)
        case .loadK: result = constant(instruction.bx)
        case .loadNil: result = .none
        case .getUpvalue:
            result = upvalue(b)
            if case .path(.globals, let path) = result, path.isEmpty { retention.readGlobals(line: line(position)) }
        case .getTabUp:
            result = read(upvalue(b), constant(c), at: position)
            watch(constant(c), result, from: nil, into: a, at: position)
        case .getField:
            result = read(value(b), constant(c), at: position)
            watch(constant(c), result, from: b, into: a, at: position)
        case .getTable:
            result = read(value(b), value(c), at: position)
            watch(value(c), result, from: b, into: a, at: position)
        case .selfCall:
            let object = value(b)
            let key = instruction.k ? constant(c) : value(c)
            result = read(object, key, at: position)
            watch(key, result, from: b, into: a, at: position)
            registers[a + 1] = object
        case .setTabUp:
            retention.wrote(nil, at: position, line: line(position))
            write(upvalue(a), constant(b), instruction.k ? constant(c) : value(c), at: position)
        case .setField:
            retention.wrote(ownTable(a), at: position, line: line(position))
            write(value(a), constant(b), instruction.k ? constant(c) : value(c), at: position)
        case .setTable:
            retention.wrote(ownTable(a), at: position, line: line(position))
            write(value(a), value(b), instruction.k ? constant(c) : value(c), at: position)
        case .setI, .setList:
            retention.wrote(ownTable(a), at: position, line: line(position))
            open(value(a))
        case .setUpvalue:
            retention.assigned(prototype.upvalues.indices.contains(b) ? prototype.upvalues[b].name : "?", line: line(position))
            open(value(a))
        case .newTable:
            tables.append(Table())
            retention.made(tables.count - 1, at: position)
            result = .table(tables.count - 1)
        case .closure: result = close(instruction.bx, at: position)
        case .call, .tailCall: call(instruction, at: position)
        case .returnMany:
            if b == 0 { returned.append(.unknown) } else { returned.append(b == 1 ? .none : value(a)) }
        case .returnOne: returned.append(value(a))
        default: break
        }
        if let written = instruction.written {
            // A call overwrites many registers that hold nothing; only the known ones matter.
            for register in written.count > 8 ? Array(registers.keys.filter(written.contains)) + [a] : Array(written) {
                lastWrites[register] = position
            }
            for register in registers.keys where written.contains(register) && !(instruction.operation == .selfCall && register == a + 1) {
                registers[register] = nil
            }
            if instruction.operation == .loadNil {
                for register in written { registers[register] = Value.none }
            } else {
                registers[a] = result
            }
        }
    }

    private mutating func watch(_ key: Value, _ result: Value, from object: Int?, into register: Int, at position: Int) {
        guard case .text(let name) = key else { return }
        var path: [String]?
        if case .path(.globals, let names) = result { path = names }
        retention.read(path, name, from: object, into: register, at: position, line: line(position))
    }

    private mutating func read(_ object: Value, _ key: Value, at position: Int) -> Value {
        guard case .text(let name) = key else { return .unknown }
        switch object {
        // An endless path would be copied at every step.
        case .path(let root, let path) where path.count < Self.longestPath:
            note(root, path + [name], .read, at: position)
            return .path(root, path + [name])
        default: return .unknown
        }
    }

    private mutating func write(_ object: Value, _ key: Value, _ new: Value, at position: Int) {
        open(new)
        switch (object, key) {
        case (.path(_, let path), _) where path.count >= Self.longestPath: break
        // The name is known only at run time: from now on, any global may exist.
        case (.path(.globals, let path), let key) where path.isEmpty && !key.isText: note(.globals, ["*"], .write, at: position)
        case (.path(let root, let path), .text(let name)): note(root, path + [name], .write, at: position)
        case (.table(let index), .text(let name)): tables[index].values[name] = new
        case (.table(let index), _): tables[index].isOpen = true
        default: break
        }
    }

    /// From here on, other code may change the table.
    private mutating func open(_ value: Value) {
        if case .table(let index) = value { tables[index].isOpen = true }
    }

    private mutating func call(_ instruction: LuaInstruction, at position: Int) {
        let (a, b) = (instruction.a, instruction.b)
        let next = prototype.code.indices.contains(position + 1) ? LuaInstruction(prototype.code[position + 1]) : nil
        retention.called(
            a, lastWrite: lastWrites[a], argument: ownTable(a + 1), isLoop: next?.operation == .genericPrepare && next?.a == a,
            at: position, line: line(position))
        for register in registers.keys where register > a && (b == 0 || register < a + b) { open(value(register)) }
        if case .path(let root, let path) = value(a) {
            var text: String?
            if b == 2, case .text(let argument) = value(a + 1) { text = argument }
            note(root, path, .call(text), at: position)
        }
        if instruction.operation == .tailCall { returned.append(.unknown) }
    }

    private mutating func close(_ index: Int, at position: Int) -> Value {
        guard prototype.prototypes.indices.contains(index) else { return .unknown }
        functions[index] = prototype.prototypes[index].upvalues.map { upvalue in
            if !upvalue.inStack { return self.upvalue(upvalue.index) }
            let captured = value(upvalue.index)
            open(captured)
            // Whatever is called from now on may call that function, which writes.
            if Self.writes(upvalue.index, in: prototype.prototypes[index]) { restless.insert(upvalue.index) }
            guard isSteady(upvalue.index, at: position) else { return .unknown }
            switch captured {
            case .text, .path: return captured
            case .function, .table, .none, .unknown: return .unknown
            }
        }
        return .function(index)
    }
}
