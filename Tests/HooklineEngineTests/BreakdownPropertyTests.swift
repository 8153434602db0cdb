import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support
import Testing

@Suite("Whatever the labels")
struct BreakdownPropertyTests {
    private static let labels = ["FR", "BE", "LU", "gold", "new"]

    @Test("every segment has the contacts that last had its label, and no other", arguments: UInt64(1)...20)
    func likeSets(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let contacts = Set((0..<30).filter { _ in Bool.random(using: &random) })
        let scenario = try Scenario(contacts: addresses(contacts.sorted()))
        let deletes = Bool.random(using: &random)
        for round in 1...6 {
            let rows = Self.rows(&random)
            let cut = Int.random(in: 0...9, using: &random)
            if cut < 3 {
                // The run is cut off somewhere; the next one goes on from there.
                await scenario.losingAnswers(to: ["POST", "DELETE", "PATCH"][cut]) {
                    await scenario.breakDown(rows, .init(breakdown: Breakdown(deleteEmpty: deletes)))
                }
            }
            let refresh: RunOptions.Refresh? = Int.random(in: 0...5, using: &random) == 0 ? .recreate : nil
            let report = await scenario.breakDown(
                rows,
                .init(
                    options: RunOptions(refresh: refresh, allowance: .init(emptySource: true)), breakdown: Breakdown(deleteEmpty: deletes)))
            let story: Comment = "seed \(seed), round \(round)"
            #expect(report.outcome == .done, "\(story) \(report.error?.message ?? "")")
            #expect(report.buckets.total == rows.count, story)
            var model: [String: Set<String>] = [:]
            var met: Set<String> = []
            for (address, labels) in rows where met.insert(address).inserted {
                guard contacts.contains(where: { address == "user\($0)@example.com" }) else { continue }
                for label in labels.isEmpty ? [""] : labels.split(separator: ",").map(String.init) {
                    model[label, default: []].insert(address)
                }
            }
            let everybody = model.values.reduce(Set()) { $0.union($1) }
            #expect(report.buckets.inSegment == everybody.count, story)
            #expect(report.buckets.duplicate == rows.count - met.count, story)
            for label in Self.labels + [""] {
                let name = label.isEmpty ? "VIP" : "VIP · \(label)"
                #expect(scenario.members(of: name) == model[label, default: []].sorted(), story)
            }
        }
    }

    private static func rows(_ random: inout SeededGenerator) -> [(String, String)] {
        let some = labels.filter { _ in Int.random(in: 0...3, using: &random) > 0 }
        return (0..<Int.random(in: 0...40, using: &random)).map { _ in
            let mine = some.filter { _ in Int.random(in: 0...2, using: &random) == 0 }
            return ("user\(Int.random(in: 0..<30, using: &random))@example.com", mine.joined(separator: ","))
        }
    }
}
