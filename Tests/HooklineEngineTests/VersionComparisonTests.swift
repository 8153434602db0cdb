import HooklineCore
import Testing

@testable import HooklineEngine

@Suite("Comparing two versions of a package")
struct VersionComparisonTests {
    private func outcome(_ fates: RowFate...) -> ScriptTestOutcome {
        var outcome = ScriptTestOutcome()
        outcome.fates = fates
        return outcome
    }

    private func row(_ row: Int, key: String?, _ verdict: RowFate.Verdict = .kept, labels: [String] = []) -> RowFate {
        RowFate(row: row, key: key, verdict: verdict, address: "\(key ?? "row\(row)")@example.com", labels: labels)
    }

    @Test("finds a user by its key, in whatever order the versions read")
    func byKey() {
        let comparison = VersionComparison(
            before: outcome(row(1, key: "a"), row(2, key: "b")), after: outcome(row(1, key: "b"), row(2, key: "a")))
        #expect(comparison.unchanged == 2)
        #expect(comparison.entering.isEmpty && comparison.leaving.isEmpty && comparison.changing.isEmpty)
    }

    @Test("tells of users that only one version reads")
    func onlyInOne() {
        let comparison = VersionComparison(
            before: outcome(row(1, key: "a"), row(2, key: "b")), after: outcome(row(1, key: "b", labels: ["x"]), row(2, key: "c")))
        #expect(comparison.leaving.map(\.key) == ["a"])
        #expect(comparison.leaving.first?.after == "not in the source")
        #expect(comparison.entering.map(\.key) == ["c"])
        #expect(comparison.changing.map(\.after) == ["kept, label x"])
    }

    @Test("does not say that a user left the source when a limit left rows out")
    func cut() {
        var before = outcome(row(1, key: "a"))
        before.isCut = true
        let comparison = VersionComparison(before: before, after: outcome(row(1, key: "b"), row(2, key: "c")))
        #expect(!comparison.isComplete && comparison.rows == 2)
        #expect(comparison.leaving.first.map { $0.after != "not in the source" } == true)
    }

    @Test("keeps rows apart that repeat a key, or have none")
    func repeatedKeys() {
        let before = outcome(row(1, key: "a"), row(2, key: "a", .duplicate), row(3, key: nil))
        #expect(VersionComparison(before: before, after: before).unchanged == 3)
        let after = outcome(row(1, key: "a"), row(2, key: "a", .duplicate), row(3, key: nil, .dropped))
        #expect(VersionComparison(before: before, after: after).leaving.map(\.row) == [3])
    }
}
