import Foundation
import HooklineCore
import HooklineHooks
import Testing

@Suite("Hook catalog")
struct HookCatalogTests {
    private func page() throws -> [String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "docs/reference/hooks.md"), encoding: .utf8).split(separator: "\n").map(
            String.init)
    }

    @Test("every hook point and library function has its heading in the reference")
    func headings() throws {
        let lines = Set(try page())
        for point in HookCatalog.points { #expect(lines.contains("### \(point.name)")) }
        for function in HookCatalog.library { #expect(lines.contains("### \(function.name)")) }
        for field in HookCatalog.contextFields { #expect(lines.contains { $0.hasPrefix("| `\(field.name)` |") }) }
    }

    @Test("the reference and the catalog list the same parts of Lua")
    func standardInReference() throws {
        let lines = try page()
        for (library, names) in HookCatalog.standard {
            let title = library.isEmpty ? "| base |" : "| `\(library)` |"
            let row = try #require(lines.first { $0.hasPrefix(title) })
            #expect(row == "\(title) \(names.map { "`\($0)`" }.joined(separator: " ")) |")
        }
    }

    @Test("scripts have everything that the catalog lists")
    func isThere() throws {
        let names = HookCatalog.standard.flatMap { entry in entry.names.map { entry.library.isEmpty ? $0 : "\(entry.library).\($0)" } }
        for name in names + HookCatalog.library.map(\.name) {
            let host = try TestPackage.host("return { name = function() assert(\(name) ~= nil) return 'there' end }")
            #expect(try host.name(segment: "x", label: nil) == "there", "\(name)")
        }
    }

    @Test("ctx has exactly the fields that the catalog lists")
    func contextFields() throws {
        let host = try TestPackage.started(
            "return { name = function(_, ctx) local t = {} for k in pairs(ctx) do t[#t + 1] = k end return table.concat(t, ' ') end }")
        #expect(try host.name(segment: "x", label: nil) == HookCatalog.contextFields.map(\.name).joined(separator: " "))
    }

    @Test("the library's part of the reference is what the command prints")
    func libraryPage() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/reference/hooks.md"), encoding: .utf8)
        #expect(
            page.contains(LibraryPage.markdown.trimmingCharacters(in: .newlines)),
            "the output of hookline hooks --markdown has changed: copy it to the page")
    }

    @Test("segment, plan and report have exactly the fields that the catalog lists")
    func recordFields() throws {
        let names = "local function names(t) local n = {} for k in pairs(t) do n[#n + 1] = k end return table.concat(n, ' ') end\n"
        let host = try TestPackage.started(
            names + """
                return {
                  breakdown = function() end,
                  name = function(segment) return names(segment) end,
                  review = function(plan) return false, names(plan) end,
                  report = function(report) return names(report) .. "|" .. names(report.segments[1]) end,
                }
                """)
        #expect(try host.name(segment: "x", label: "y") == HookCatalog.segmentFields.map(\.name).joined(separator: " "))
        let plan = ReviewedPlan(
            name: "x", label: "y", members: 1, added: 1, removed: 1, unchanged: 1, dropped: [:], calls: 1, addedSample: [],
            removedSample: [])
        #expect(try host.review(plan) == .stop(reason: HookCatalog.planFields.map(\.name).joined(separator: " ")))
        let report = RunReport(
            run: "r", activation: "a", kind: .run, outcome: .failed,
            segments: [SegmentReport(label: "y", name: "x", members: 1, added: 1, removed: 1, unchanged: 1)],
            error: RunFailure("c", "m"), startedAt: 0)
        let fields = [HookCatalog.reportFields, HookCatalog.segmentReportFields].map { $0.map(\.name).joined(separator: " ") }
        #expect(try host.report(report) == fields.joined(separator: "|"))
    }

    @Test("the types for editors name every hook, function and field, and are Lua")
    func types() throws {
        let text = LuaTypes(columns: TestPackage.columns + [Column("odd name", .json)], parameters: TestPackage.context.parameters).text
        for point in HookCatalog.points { #expect(text.contains("---@field \(point.name)? fun(")) }
        for item in HookCatalog.library where item.type.hasPrefix("fun(") { #expect(text.contains("function \(item.name)(")) }
        for line in ["---@field id integer?", "---@field [\"odd name\"] any", "---@field threshold number", "---@field countries string[]"]
        {
            #expect(text.contains(line + "\n"))
        }
        // A machine compiles the text, and fails only where the text would assign to the library.
        let error = hookError { _ = try TestPackage.host("return {}", others: ["types.lua": text], scripts: ["hooks.lua", "types.lua"]) }
        #expect(error?.code != .syntax)
    }
}
