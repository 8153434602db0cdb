import Foundation
import Testing

@Suite("The code")
struct CodeTests {
    private static let code = Repository.files(in: ["Sources", "Tests", "Benchmarks"], extensions: ["swift", "c", "h"])

    @Test("has no file over 300 lines", arguments: code)
    func length(_ path: String) throws {
        let lines = try Repository.lineCount(of: path)
        #expect(lines <= 300, "\(path) has \(lines) lines; is there a second idea in it?")
    }

    @Test("has files with a median of 40 to 110 lines")
    func medianLength() throws {
        let lengths = try Self.code.map(Repository.lineCount).sorted()
        let median = try #require(lengths.isEmpty ? nil : lengths[lengths.count / 2])
        #expect((40...110).contains(median))
    }

    @Test("has no folder or file for odds and ends", arguments: code)
    func names(_ path: String) {
        for word in ["Utils", "Helpers", "Extensions", "Misc"] { #expect(!path.contains(word)) }
    }

    @Test("has no function that looks like a test and never runs", arguments: code.filter { $0.hasPrefix("Tests/") })
    func testsRun(_ path: String) throws {
        #expect(try !Repository.text(path).contains("func test" + "_"))
    }

    @Test("has nothing at the root of the command but main, exit codes, arguments and flags")
    func commandRoot() {
        let root = Self.code.filter { $0.hasPrefix("Sources/hookline/") && $0.split(separator: "/").count == 3 }
            .map { $0.dropFirst("Sources/hookline/".count).dropLast(".swift".count) }
        let others = root.filter { !["Arguments", "ExitStatus", "GlobalOptions", "Hookline"].contains($0) && !$0.hasSuffix("Flags") }
        #expect(!root.isEmpty && others.isEmpty, "\(others)")
    }
}
