/// The batches that a machine has run, until the host asks for them.
///
/// What is new in a machine is told with the end of a batch, but the numbers of its reasons and labels hold for every batch: one that failed
/// at a row goes on after others that were started later, and uses what these were the first to name. So news counts from its arrival on.
struct RanBatches {
    /// How a batch ended, and what is new in the machine since the last time.
    typealias End = (update: WorkerUpdate, failure: LuaError?)

    private var failures: [Int: LuaError?] = [:]
    private var news = WorkerUpdate()

    /// Takes in the answer for the batch in a slot.
    ///
    /// - Throws: `LuaError.Code.misuse` for a malformed answer.
    mutating func note(_ answer: Answer, slot: Int) throws(LuaError) {
        var answer = answer
        var failure: LuaError?
        do throws(LuaError) { try answer.checkStatus() } catch {
            if error.code == .misuse { throw error }
            failure = error
        }
        news.add(try WorkerUpdate(&answer))
        failures[slot] = .some(failure)
    }

    /// How the batch in a slot ended; nil while it is under way.
    mutating func take(slot: Int) -> End? {
        guard let failure = failures.removeValue(forKey: slot) else { return nil }
        let update = news
        // These two count over the machine's life.
        news = WorkerUpdate()
        (news.costs, news.logLinesDropped) = (update.costs, update.logLinesDropped)
        return (update, failure)
    }
}
