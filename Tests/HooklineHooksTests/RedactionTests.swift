import Testing

@testable import HooklineHooks

@Suite("Redaction")
struct RedactionTests {
    @Test(
        "words that look like addresses are masked; the rest stays",
        arguments: [
            ("nothing here", "nothing here"),
            ("ada@example.com", "…@…"),
            ("to <ada@example.com>, bob@example.org!", "to <…@…>, …@…"),
            ("@mention stays, what a limit cut behind its@ goes", "@mention stays, what a limit cut behind …@… goes"),
            ("two\nlines\u{1B}[31m and \u{202E}turned", "two lines [31m and  turned"),
            ("field 'a@b'", "field '…@…'"),
            ("", ""),
        ])
    func masks(text: String, expected: String) {
        #expect(Redaction.redacted(text) == expected)
    }
}
