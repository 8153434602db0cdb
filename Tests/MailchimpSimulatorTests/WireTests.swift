import Foundation
import Testing

@testable import MailchimpSimulator

@Suite("Times, queries, and JSON are read and written exactly")
struct WireTests {
    @Test(
        "times are read in the formats that clients send",
        arguments: [
            ("1970-01-01T00:00:00+00:00", 0), ("2025-01-01", 1_735_689_600_000), ("2025-01-01T01:00:00+01:00", 1_735_689_600_000),
            ("2024-12-31T19:00:00-05:00", 1_735_689_600_000), ("2025-01-01T00:00:00.25Z", 1_735_689_600_250),
            ("2025-01-01 00:00:00", 1_735_689_600_000),
            ("2024-02-29T23:59:59Z", 1_709_251_199_000), ("1969-12-31T23:59:59Z", -1000),
        ])
    func reads(text: String, milliseconds: Int64) {
        #expect(SimulatedInstant(text: text)?.milliseconds == milliseconds)
    }

    @Test(
        "other text is not a time",
        arguments: [
            "", "2025", "2025-13-01", "2025-01-01T", "2025-01-01T00:00:00 00:00", "2025-01-01T24:00:00Z", "2025-01-01T00:00:00.Z",
            "yesterday", "2025-01-01T00:00:00Zx",
        ])
    func refuses(text: String) {
        #expect(SimulatedInstant(text: text) == nil)
    }

    @Test("a time is the same after being written and read, over three centuries", arguments: [1, 2, 3] as [UInt64])
    func roundTrip(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let instant = SimulatedInstant(seconds: Int64.random(in: -2_000_000_000...7_000_000_000, using: &random))
            #expect(SimulatedInstant(text: instant.text) == instant)
        }
    }

    @Test("the Date header names the day")
    func dateHeader() {
        #expect(CivilDate(secondsSinceEpoch: 784_111_777).headerText == "Sun, 06 Nov 1994 08:49:37 GMT")
    }

    @Test("queries are decoded like web forms, and a broken escape is kept")
    func queries() {
        let query = SimulatedRequest("GET", "/x?a=1%2B1&b=1+1&c&d=100%25%&e=%zz&f=%c3%bc&=x").query
        #expect(query["a"] == "1+1")
        #expect(query["b"] == "1 1")
        #expect(query["c"] == "")
        #expect(query["d"] == "100%%")
        #expect(query["e"] == "%zz")
        #expect(query["f"] == "ü")
        #expect(query["missing"] == nil)
    }

    @Test(
        "JSON preserves any text",
        arguments: ["", "plain", "\"quoted\\\"", "line\nbreak\ttab\u{0}\u{1F}", "ümläut 🐵", "</script>"])
    func escaping(text: String) throws {
        var writer = JSONWriter()
        writer.array { $0.value(text) }
        #expect(try JSONDecoder().decode([String].self, from: Data(writer.bytes)) == [text])
    }

    @Test("a selection keeps everything below its paths, except what is excluded")
    func selection() {
        let selection = FieldSelection(fields: "a.b, c", excludeFields: "c.d")
        #expect(selection.inside("a")?.inside("b")?.inside("x") != nil)
        #expect(selection.inside("a")?.inside("x") == nil)
        #expect(selection.inside("c")?.inside("e") != nil)
        #expect(selection.inside("c")?.inside("d") == nil)
        #expect(selection.inside("z") == nil)
        #expect(FieldSelection(fields: "", excludeFields: nil).inside("z") != nil)
    }
}
