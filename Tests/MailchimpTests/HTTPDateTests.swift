import Testing

@testable import Mailchimp

@Suite("Times in HTTP headers")
struct HTTPDateTests {
    @Test(
        "are read in the form that servers send",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sat, 28 Nov 2026 20:07:45 GMT", 1_795_896_465),
            ("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800),
            ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777), ("Sun Nov  6 08:49:37 1994", 784_111_777),
        ])
    func fixed(_ text: String, _ seconds: Int64) { #expect(HTTPDate.unixSeconds(text) == seconds) }

    @Test(
        "are nothing otherwise",
        arguments: [
            "", "120", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:00:00 GMT",
            "2026-11-28T20:07:45Z",
        ])
    func other(_ text: String) { #expect(HTTPDate.unixSeconds(text) == nil) }
}
