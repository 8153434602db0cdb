import Foundation

/// How many calls a run makes beside the fewest that the API allows, and how long they take when every answer takes 300 ms.
struct CallTable {
    private static let users = 100_000
    private static let latency = 0.3
    private static let connections = 9
    private static let batch = 500
    private static let page = 1_000

    /// One kind of run.
    private struct Job {
        let name: String
        let command: [String]
        /// The fewest calls that do the work.
        let minimum: Int
        /// Calls that wait for the one before.
        let inTurn: Int
        /// Calls that go out as many at once as there are connections.
        let atOnce: Int
        /// For its time beside that of the calls that wait for one another.
        var bar: Bar?
    }

    static func print() throws {
        let stage = try Stage(users: users, minimum: 0, latency: "300ms")
        defer { stage.clear() }
        let batches = users / batch
        let changes = users / 100 / batch
        let pages = users / page
        let run = ["run", "plain", "--yes", "--json"]
        let jobs = [
            Job(name: "first load", command: run, minimum: batches + 1, inTurn: 2, atOnce: batches, bar: Bar(1.1)),
            Job(name: "1 % in, 1 % out", command: run, minimum: changes, inTurn: 1, atOnce: changes),
            Job(name: "no change", command: run, minimum: 0, inTurn: 1, atOnce: 0),
            Job(name: "reconcile, no change", command: run + ["--reconcile"], minimum: pages, inTurn: 3, atOnce: pages - 2),
        ]
        Swift.print(
            "\n\(users) users, 300 ms an answer, \(connections) connections; calls in turn: a look, the name or the creation, two pages")
        Swift.print("what                    fewest  made  seconds  calls x latency / connections  with calls in turn")
        for (number, job) in jobs.enumerated() {
            if number == 1 { try stage.churn() }
            let measure = try stage.hookline(job.command)
            let calls = try callsMade(by: measure)
            let plain = Double(calls) * latency / Double(connections)
            let bound = Double(job.inTurn + (job.atOnce + connections - 1) / connections) * latency
            let verdict = job.bar?.verdict(on: measure.seconds / bound) ?? ""
            func share(_ seconds: Double) -> String { String(format: "%.2f (%+.0f %%)", seconds, (measure.seconds / seconds - 1) * 100) }
            Swift.print(
                job.name.padding(toLength: 22, withPad: " ", startingAt: 0), String(job.minimum).leftPadded(7), String(calls).leftPadded(5),
                String(format: "%.2f", measure.seconds).leftPadded(8), share(plain).leftPadded(30), share(bound).leftPadded(19), "", verdict
            )
        }
    }

    /// How many calls a run made, by its report.
    private static func callsMade(by run: ProgramRun) throws -> Int {
        let report = try JSONSerialization.jsonObject(with: run.output) as? [String: Any]
        return report?["calls"] as? Int ?? -1
    }
}

extension String {
    fileprivate func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
