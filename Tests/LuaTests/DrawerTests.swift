import Foundation
import Testing

/// The includes of CLuaHost, by file.
private struct IncludeGraph {
    /// From the lowest drawer to the highest; a file may include headers of its own drawer and of lower ones.
    static let drawers = ["include", "text", "vm", "patterns", "sandbox", "library", "batch", "worker"]

    private(set) var includes: [String: [String]] = [:]
    private(set) var missing: [String] = []

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/CLuaHost").standardized
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".c") || $0.hasSuffix(".h") }
        for path in paths {
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            includes[path] = text.matches(of: /#include "([^"]+)"/).map { match in
                let candidates = ["\(folder)/\(match.1)", String(match.1), "include/\(match.1)"]
                if let found = candidates.first(where: paths.contains) { return found }
                missing.append("\(path): \(match.1)")
                return String(match.1)
            }
        }
    }

    static func rank(_ path: String) -> Int? { drawers.firstIndex { path.hasPrefix($0 + "/") } }

    /// The first cycle that a walk from `path` finds.
    func cycle(from path: String, behind trail: [String] = []) -> [String]? {
        if let start = trail.firstIndex(of: path) { return Array(trail[start...]) + [path] }
        for include in includes[path] ?? [] {
            if let found = cycle(from: include, behind: trail + [path]) { return found }
        }
        return nil
    }
}

@Suite("The drawers of CLuaHost")
struct DrawerTests {
    @Test("hold every file, and includes lead only to the same drawer or a lower one")
    func layers() throws {
        let graph = try IncludeGraph()
        #expect(graph.includes.count > 70)
        #expect(graph.missing.isEmpty)
        for (path, includes) in graph.includes {
            let rank = try #require(IncludeGraph.rank(path), "\(path) is in no drawer")
            for include in includes { #expect((IncludeGraph.rank(include) ?? .max) <= rank, "\(path) includes \(include)") }
        }
    }

    @Test("have headers without include cycles")
    func cycles() throws {
        let graph = try IncludeGraph()
        for path in graph.includes.keys.sorted() where path.hasSuffix(".h") { #expect(graph.cycle(from: path) == nil) }
    }
}
