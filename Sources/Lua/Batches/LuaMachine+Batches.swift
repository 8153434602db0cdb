import CLuaHost

extension LuaMachine {
    /// Sets the shape of every later batch: the fields of a row, the functions it passes through, and what it hands back.
    ///
    /// - Throws: `LuaError.Code.misuse` for more steps or mapped fields than a batch can have.
    package func prepareBatches(fields: [String], steps: [LuaStep], outputs: SlotOutputs) throws(LuaError) {
        var message = Message(Int(HL_PREPARE))
        message.append(texts: fields)
        message.append(texts: outputs.fields)
        message.append(outputs.flags)
        message.append(UInt32(steps.count))
        for step in steps {
            message.append(step.kind.flat)
            message.append(step.function.number)
        }
        _ = try port.ask(message)
    }

    /// Starts the batch in a slot from where it stands. Several slots may be started before the first is finished.
    ///
    /// - Throws: `LuaError` when the machine cannot be used any more.
    package func start(_ slot: LuaSlot) throws(LuaError) { try port.start(slot) }

    /// Waits until the batch in a slot has run to its end or to its first failure.
    ///
    /// - Parameters:
    ///   - slot: a slot that was started.
    ///   - fetch: puts a column into a slot that is under way when a script reads one that was left out.
    /// - Returns: what is new, and the failure with its row and step. The rows before it are done; `slot.resume` says where to continue.
    /// - Throws: `LuaError` when the machine cannot be used any more.
    package func finish(
        _ slot: LuaSlot, fetch: (_ slot: Int, _ column: Int) -> Void = { _, _ in }
    ) throws(LuaError) -> (update: WorkerUpdate, failure: LuaError?) {
        let end = try port.finish(slot, fetch: fetch)
        if let failure = end.failure {
            // The other process may say anything, and whoever resumes the batch writes at that row.
            guard let row = failure.row, row < slot.rowCount, failure.step != nil else { throw Answer.malformed }
        }
        return end
    }
}
