import Foundation
import HooklineCore

/// Results of tests as JUnit XML, the format that CI systems read.
struct JUnitFile {
    private let results: [PackageTests.Result]

    init(_ results: [PackageTests.Result]) {
        self.results = results
    }

    /// - Throws: `CommandFailure`, when the file cannot be written.
    func write(to path: String) throws { try Self.write(text, to: path) }

    /// - Throws: `CommandFailure`, when the file cannot be written.
    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        } catch {
            throw CommandFailure("test.cannot_write", "the file '\(path)' cannot be written: \(error.localizedDescription)")
        }
    }

    var text: String {
        let failures = results.count { !$0.differences.isEmpty }
        let cases = results.map { result in
            let head =
                "  <testcase classname=\"\(escaped(result.activation))\" name=\"\(escaped(result.test.name))\" file=\"\(escaped(result.test.position.file))\""
                + " line=\"\(result.test.position.line)\" time=\"\(result.seconds)\""
            if result.differences.isEmpty { return head + "/>" }
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

    /// XML 1.0 has no control characters but tab and the line breaks, and not the two code points that are no characters.
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
