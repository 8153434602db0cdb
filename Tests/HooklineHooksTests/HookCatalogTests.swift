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

    @Test("what the reference lists of Lua is what the catalog lists")
    func standardInReference() throws {
        let lines = try page()
        for (library, names) in HookCatalog.standard {
            let title = library.isEmpty ? "| base |" : "| `\(library)` |"
            let row = try #require(lines.first { $0.hasPrefix(title) })
            #expect(row == "\(title) \(names.map { "`\($0)`" }.joined(separator: " ")) |")
        }
    }

    @Test("everything that the catalog lists is there for a script")
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
}
