import Testing

@testable import HooklineHooks

@Suite("Redaction")
struct RedactionTests {
    @Test(
        "words that look like addresses are masked, the rest stays",
        arguments: [
            ("nothing here", "nothing here"),
            ("ada@example.com", "…@…"),
            ("to <ada@example.com>, bob@example.org!", "to <…@…>, …@…"),
            ("@mention and trailing@ stay", "@mention and trailing@ stay"),
            ("field 'a@b'", "field '…@…'"),
            ("", ""),
        ])
    func masks(text: String, expected: String) {
        #expect(Redaction.redacted(text) == expected)
    }
}
