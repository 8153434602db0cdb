/// Hears what happens while a request is served, and answers what only a person can.
package protocol AppObserver: Sendable {
    /// Called from any thread, in the order of events of one request. It should return quickly: the work waits for it.
    func observe(_ event: AppEvent)
    /// Waits for a person's answer, if there is anybody to ask.
    func answer(_ question: AppQuestion) async -> AppAnswer
}
