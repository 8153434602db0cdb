import HooklineCore

/// Results of tests as JUnit XML, the format that CI systems read.
struct JUnitReport {
    private let results: [TestResult]

    init(_ results: [TestResult]) {
        self.results = results
    }

    /// The file's text.
    var text: String {
        let failures = results.count { !$0.hasPassed }
        let cases = results.map { result in
            let head =
                "  <testcase classname=\"\(escaped(result.activation))\" name=\"\(escaped(result.test.name))\" file=\"\(escaped(result.test.position.file))\""
                + " line=\"\(result.test.position.line)\" time=\"\(result.seconds)\""
            if result.hasPassed { return head + "/>" }
            let text = result.differences.joined(separator: "\n")
            return head + "><failure message=\"\(escaped(String(text.prefix { $0 != "\n" })))\">\(escaped(text))</failure></testcase>"
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="hookline" tests="\(results.count)" failures="\(failures)">
            \(cases.joined(separator: "\n"))
            </testsuite>

            """
    }

    /// XML 1.0 allows no control characters but tab and line breaks, nor U+FFFE and U+FFFF.
    private func escaped(_ text: String) -> String {
        let allowed = String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter {
                    ($0.value >= 0x20 || $0 == "\n" || $0 == "\t") && $0.value != 0xFFFE && $0.value != 0xFFFF
                }))
        return allowed.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing(
            "\"", with: "&quot;")
    }
}
