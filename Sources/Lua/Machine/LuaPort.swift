/// What a machine is asked through.
protocol LuaPort: AnyObject {
    /// Asks, and waits for the answer, past its status.
    ///
    /// - Throws: the error that the answer tells, or that there is none.
    func ask(_ message: Message) throws(LuaError) -> Answer
    /// Lets the batch in a slot run.
    func start(_ slot: LuaSlot) throws(LuaError)
    /// Waits for the answer of a started batch, its status still to be read.
    func finish(_ slot: LuaSlot, fetch: (_ slot: Int, _ column: Int) -> Void) throws(LuaError) -> Answer
}
