import HooklineConsole
import HooklineCore
import Testing

@Suite("The page of a run")
struct RunPageTests {
    private let report = RunReport(
        run: "20260301-060000-00000001", activation: "vip", kind: .run, outcome: .done,
        segments: [SegmentReport(id: 1001, name: "VIP <b>&", members: 1_812, added: 12, removed: 3, unchanged: 1_800)], rows: 1_900,
        buckets: Buckets(), calls: 2, seconds: 0.414, warnings: [RunWarning("w.code", "mind this")],
        error: RunFailure("e.code", "it <failed>"), startedAt: 1_772_344_800, note: "a line")

    @Test("tells what happened, and lets no name become markup")
    func html() throws {
        let html = try RunPage(report).html()
        #expect(html.contains("VIP &lt;b&gt;&amp;"))
        #expect(html.contains("it &lt;failed&gt; [e.code]"))
        #expect(html.contains("1,812"))
        #expect(html.contains("mind this"))
        #expect(html.contains("a line"))
        #expect(!html.contains("http"))
    }

    @Test("says which numbers of members are the ledger's, and what Mailchimp showed")
    func believed() throws {
        var report = report
        report.segments[0].seen = SeenMembers(1_810, at: 1_772_344_800, by: .count)
        report.segments[0].unanswered = 2
        #expect(try RunPage(report).html().contains("1,812 by the ledger, 1,810 at Mailchimp, 2 additions without an answer so far<"))
        report.segments[0].believed = nil
        report.segments[0].unanswered = nil
        #expect(try RunPage(report).html().contains("<td class=\"number\">1,812<"))
    }

    @Test("leaves out what there is not")
    func nothing() throws {
        var quiet = report
        quiet.error = nil
        quiet.note = nil
        quiet.warnings = []
        #expect(try !RunPage(quiet).html().contains("<pre>"))
    }

    @Test("shows which label a segment has, and which segment is deleted")
    func labels() throws {
        var broken = report
        broken.segments = [
            SegmentReport(label: "<BE>", id: 1, name: "VIP · BE", members: 0, added: 0, removed: 2, unchanged: 0, deleted: true)
        ]
        let html = try RunPage(broken).html()
        #expect(html.contains("<td>&lt;BE&gt;"))
        #expect(html.contains("VIP · BE, deleted"))
    }
}
