import Foundation
import Testing

@Suite("The pages")
struct PageTests {
    private static let pages =
        Repository.files(in: ["docs", "scripts", ".github"], extensions: ["md"])
        + ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]

    @Test("link to files and headings that are there", arguments: pages)
    func links(_ path: String) throws {
        let folder = Repository.root.appendingPathComponent(path).deletingLastPathComponent()
        for match in try Self.prose(path).matches(of: /\]\(([^)#:]*)(?:#([^)]*))?\)/) {
            let file = match.1.isEmpty ? Repository.root.appendingPathComponent(path) : folder.appendingPathComponent(String(match.1))
            let target = file.standardized.path
            guard FileManager.default.fileExists(atPath: target) else {
                Issue.record("\(path) links to \(match.1)")
                continue
            }
            guard let heading = match.2 else { continue }
            let text = try String(contentsOfFile: target, encoding: .utf8)
            #expect(Self.anchors(of: text).contains(String(heading)), "\(path) links to \(match.1)#\(heading)")
        }
    }

    @Test("of the architecture has a word for every file of the sources, in its folder, and for none that is not there")
    func architecture() throws {
        var there: [String: Set<String>] = [:]
        for path in Repository.files(in: ["Sources"], extensions: ["swift", "c"]) {
            let file = URL(fileURLWithPath: String(path.dropFirst("Sources/".count)))
            there[file.deletingLastPathComponent().relativePath, default: []].insert(file.deletingPathExtension().lastPathComponent)
        }
        // One file a command, named after it.
        there["hookline/Commands"] = []
        var listed: [String: Set<String>] = [:]
        for match in try Repository.text("docs/architecture.md").matches(of: /\n- \*\*`([A-Za-z0-9\/]+)`\*\*: ([^\n]*(?:\n  [^\n]*)*)/) {
            // An entry is a name and, in brackets, what the file decides.
            let names = match.2.replacing("\n ", with: "").matches(of: /`([^`]+)` \(/).map { String($0.1) }
            listed[String(match.1), default: []].formUnion(names)
        }
        #expect(Set(listed.keys) == Set(there.keys))
        for (folder, names) in there {
            #expect(names.subtracting(listed[folder] ?? []).sorted() == [], "\(folder) has files without a word in docs/architecture.md")
            #expect((listed[folder] ?? []).subtracting(names).sorted() == [], "docs/architecture.md lists files that are not in \(folder)")
        }
    }

    /// A page without its blocks and code spans, in which brackets are no links.
    private static func prose(_ path: String) throws -> String {
        try Repository.text(path).replacing(/```(?:.|\n)*?\n```/, with: "").replacing(/`[^`\n]*`/, with: "code")
    }

    /// The anchors that GitHub gives a page's headings.
    private static func anchors(of page: String) -> Set<String> {
        Set(
            page.components(separatedBy: "\n").filter { $0.hasPrefix("#") }.map { heading in
                heading.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
                    .filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }.replacing(" ", with: "-")
            })
    }
}
