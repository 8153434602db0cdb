import Archive
import HooklineApp
import HooklineEngine
import HooklineHooks
import HooklineManifest
import HooklinePackages
import HooklineSources
import HooklineStore
import Mailchimp
import MailchimpSimulator
import Testing

@Suite("The page of errors")
struct ErrorPageTests {
    /// Every code of every room's errors.
    private static let codes: [String] =
        ManifestIssueCode.allCases.map(\.rawValue) + SourceError.Code.allCases.map(\.rawValue) + HookError.Code.allCases.map(\.rawValue)
        + ScriptIssueCode.allCases.map(\.rawValue)
        + StoreError.Code.allCases.map(\.rawValue) + EngineError.Code.allCases.map(\.rawValue)
        + MailchimpError.Code.allCases.map(\.rawValue)
        + SimulatorError.Code.allCases.map(\.rawValue) + ArchiveError.Code.allCases.map(\.rawValue)
        + PackageError.Code.allCases.map(\.rawValue) + AppError.Code.allCases.map(\.rawValue)

    @Test("has a heading for each code", arguments: codes)
    func heading(_ code: String) throws {
        #expect(try Repository.text("docs/reference/errors.md").contains("\n### `\(code)`\n"))
    }

    @Test("has a heading for each code that stands as a text in the sources")
    func literals() throws {
        let headings = Set(try Repository.text("docs/reference/errors.md").split(separator: "\n").filter { $0.hasPrefix("### `") })
        let rooms = "manifest|sources|source|hook|store|engine|mailchimp|simulator|safeguards|review|run|model|plan|breakdown|demo|scaffold"
        let pattern = try Regex<(Substring, Substring)>("\"((?:\(rooms))\\.[a-z]+(?:_[a-z]+)*)\"")
        for path in Repository.files(
            in: ["Sources/HooklineApp", "Sources/HooklineCore", "Sources/HooklineEngine", "Sources/hookline", "Sources/HooklineStore"],
            extensions: ["swift"])
        {
            for match in try Repository.text(path).matches(of: pattern) where match.1 != "hooks.lua" {
                #expect(headings.contains("### `\(match.1)`"), "\(path): \(match.1)")
            }
        }
    }
}
