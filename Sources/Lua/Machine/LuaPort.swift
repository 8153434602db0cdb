/// How a machine is reached: in this process or in a worker.
protocol LuaPort: AnyObject {
    /// Sends a request and waits for its answer, whose status is already read.
    ///
    /// - Throws: `LuaError`: the one in the answer, or why there is no answer.
    func ask(_ message: Message) throws(LuaError) -> Answer
    /// Starts the batch in a slot.
    func start(_ slot: LuaSlot) throws(LuaError)
    /// Waits for the end of a started batch.
    func finish(_ slot: LuaSlot, fetch: (_ slot: Int, _ column: Int) -> Void) throws(LuaError) -> RanBatches.End
}
