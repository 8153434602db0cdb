import Foundation
import Testing

@Suite("The tutorial and the guides")
struct GuidesTests {
    /// The pages in the order in which docs/README.md lists them.
    private static func pages() throws -> [String] {
        let map = try text("docs/README.md")
        return map.matches(of: /\]\((start\.md|guide\/[a-z-]+\.md)\)/).map { "docs/\($0.1)" }
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: Repository.root.appendingPathComponent(path), encoding: .utf8)
    }

    @Test("hold for a reader who walks all of them, one after another, in one workspace")
    func all() async throws {
        let walk = try GuideWalk()
        defer { walk.close() }
        for page in try Self.pages() {
            do { try await walk.walk(try GuidePage(try Self.text(page))) } catch let mistake as GuideMistake {
                Issue.record("\(page):\(mistake.line): \(mistake)")
                return
            }
        }
    }

    @Test("are all in the map of the documents, once")
    func listed() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Repository.root.appendingPathComponent("docs/guide").path)
        #expect(try Self.pages().sorted() == ["docs/start.md"].reduce(into: files.map { "docs/guide/\($0)" }) { $0.append($1) }.sorted())
    }

    @Test("and what README.md and docs/concepts.md show of the demo is what it prints", arguments: ["README.md", "docs/concepts.md"])
    func demo(_ page: String) async throws {
        let result = try await Shell(folder: FileManager.default.temporaryDirectory, environment: [:]).hookline("demo")
        let shown = try Self.text(page).matches(of: /```text\n((?:.|\n)*?)\n```/).map { String($0.1) }.filter {
            $0.contains("$ hookline run vip-customers")
        }
        #expect(shown.count == 1)
        for block in shown {
            // The same lines stand in the output of each day.
            let found = ShownOutput(lines: block.components(separatedBy: "\n")).found(in: Self.secondDay(of: result.output))
            #expect(found.missing == nil, "\(result.output)")
        }
    }

    private static func secondDay(of demo: String) -> String {
        demo.range(of: "Day two: ").map { String(demo[$0.lowerBound...]) } ?? ""
    }

    @Test(
        "would be caught at the line of the mistake",
        arguments: [
            (3, "```sh\ntrue\nfalse\n```\n"),
            (2, "```sh\ntrue  # exit code 3\n```\n"),
            (2, "```sh\nhookline statsu\n```\n"),
            (5, "```sh\nprintf 'one\\ntwo\\n'\n```\n\n```text\none\nthree\n```\n"),
            (5, "```sh\nprintf 'one\\ntwo\\nthree\\n'\n```\n\n```text\none\nthree\n```\n"),
            (3, "A file without a path:\n\n```yaml\na: 1\n```\n"),
            (3, "At the end of a file that is not there, add at the end of `none.yaml`:\n\n```yaml\na: 1\n```\n"),
            (3, "In `none/there.yaml`:\n\n```yaml\na: 1\n```\n"),
            (7, "In `a.yaml`:\n\n```yaml\na: 1\n```\nIn `a.yaml`:\n```diff\n-a: 2\n+a: 3\n```\n"),
            (1, "```json\n{}\n```\n"),
            (1, "```sh\ntrue\n"),
            (2, "```sh\nhookline undo RUN\n```\n"),
        ])
    func mistakes(_ line: Int, _ page: String) async throws {
        let walk = try GuideWalk()
        defer { walk.close() }
        let mistake = await #expect(throws: GuideMistake.self) { try await walk.walk(try GuidePage(page)) }
        #expect(mistake?.line == line, "\(String(describing: mistake))")
    }

    @Test("may leave out blocks, fold output, add to files and edit them")
    func forms() async throws {
        let walk = try GuideWalk()
        defer { walk.close() }
        try await walk.walk(
            try GuidePage(
                """
                <!-- not run: it does not end -->

                ```sh
                sleep infinity
                ```

                In `a.yaml`:

                ```yaml
                a: 1
                ```

                And at the end of `a.yaml`:

                ```yaml
                b: 2
                ```

                Then change `a.yaml`:

                ```diff
                -a: 1
                +a: 3
                 b: 2
                ```

                ```sh
                cat a.yaml; printf 'c\\nrun 20260301-060000-9f3c21ab in 0.4 s\\nlast of all\\n'
                export A=1
                mkdir sub && cd sub
                test $A = 1 && test "$(basename "$PWD")" = sub
                false  # ends with exit code 1
                ```

                ```text
                a: 3
                …
                run 20270101-000000-00000000 in 1 s
                last … all
                ```
                """))
    }
}
