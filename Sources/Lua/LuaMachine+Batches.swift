import CLuaHost

extension LuaMachine {
    /// Sets what every batch that follows looks like: the fields of a row, the functions it passes through, the mapped fields that are wanted.
    package func prepareBatches(fields: [String], steps: [LuaStep], outputs: [String]) throws(LuaError) {
        let flat = steps.map { hl_step(kind: UInt32($0.kind == .map ? HL_STEP_MAP : HL_STEP_FILTER), function: $0.function.number) }
        guard hl_set_steps(machine, flat, UInt32(flat.count)) == 0 else {
            throw LuaError(.misuse, message: "\(flat.count) functions for each row are more than a machine takes")
        }
        var error = hl_error()
        try check(withNames(fields) { hl_set_fields(machine, $0, UInt32(fields.count), &error) }, error)
        try check(withNames(outputs) { hl_set_outputs(machine, $0, UInt32(outputs.count), &error) }, error)
    }

    /// Takes the rows of a batch through the steps, from where `outcome` stands, to the end.
    ///
    /// - Throws: at the first failure, with its row and step. The rows before it are done; `outcome.resume` says where to go on.
    package func run(_ batch: LuaBatch, into outcome: LuaOutcome) throws(LuaError) {
        var error = hl_error()
        let status = batch.withFlatColumns { columns in
            var flat = hl_batch(
                columns: columns.baseAddress, column_count: UInt32(columns.count), row_count: UInt32(batch.rowCount),
                selected: batch.selected?.baseAddress, row_numbers: batch.rowNumbers?.baseAddress
            )
            return hl_run_batch(machine, &flat, outcome.storage, &error)
        }
        try check(status, error)
    }

    /// The reasons that rows were dropped for, from the given number on; they are UTF-8, at most 200 bytes long and at most 1,002.
    package func reasons(from first: Int) -> [String] {
        (first..<max(first, Int(hl_reason_count(machine)))).map { number in
            var length = 0
            guard let text = hl_reason(machine, UInt32(number), &length) else { return "" }
            return String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
        }
    }

    private func withNames(_ names: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Int32) -> Int32 {
        let bytes = names.map { Array($0.utf8CString) }
        // One buffer, cut by offsets: pointers into separate arrays would not outlive their closures.
        let joined = bytes.flatMap { $0 }
        return joined.withUnsafeBufferPointer { buffer in
            var pointers: [UnsafePointer<CChar>?] = []
            var offset = 0
            for name in bytes {
                pointers.append(buffer.baseAddress.map { $0 + offset })
                offset += name.count
            }
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { list in list.baseAddress.map(body) ?? 0 }
        }
    }
}
