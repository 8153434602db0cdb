import HooklineCore
import Lua

/// What a package's scripts need, as far as that is visible without running them.
package struct ScriptFacts: Equatable, Sendable {
    /// Their hooks, in the order in which a run reaches them.
    package var hooks: [String] = []
    /// The fields of a user that they name, sorted.
    package var fields: [String] = []
    /// All text constants of their code: a field that they read is among them, unless its name is computed.
    package var texts: Set<String> = []
    /// Why a row's verdict may depend on the rows before it, with file and line; nil if the code shows that it does not.
    package var retention: String?
    /// Whether they may call `pairs`, which lists all fields of a user: no code reaches it without its name.
    package var mayCallPairs: Bool { texts.contains("pairs") }

    /// Compiles the files and looks through them.
    ///
    /// - Throws: `HookError` for a file that does not compile.
    package init(_ package: ScriptPackage, jail: LuaJail) throws {
        do { try self.init(compiling: package, jail) } catch let error as LuaError { throw HookMessage(package: package).error(error) }
    }

    private init() {}

    private init(compiling package: ScriptPackage, _ jail: LuaJail) throws {
        if package.scripts.isEmpty {
            self.init()
            return
        }
        let machine = try LuaMachine(jail: jail, slots: 0)
        for file in package.files { try machine.add(LuaSource(module: file.module, file: file.path, text: file.text)) }
        try self.init(package, in: machine)
    }

    /// Looks through the files of a package that a machine knows.
    ///
    /// - Throws: `LuaError` for a file that does not compile.
    init(_ package: ScriptPackage, in machine: LuaMachine) throws(LuaError) {
        var (names, points): (Set<String>, Set<String>) = ([], [])
        var outlines: [(ScriptPackage.File, LuaOutline)] = []
        for file in package.files {
            let chunk = try machine.chunk(of: file.module)
            Self.collectTexts(of: chunk.main, into: &texts)
            let outline = LuaOutline(chunk)
            outlines.append((file, outline))
            if package.scripts.contains(file.path) { points.formUnion(outline.entries?.keys.map { $0 } ?? []) }
            for access in outline.accesses where access.kind == .read {
                guard case .parameter(let index, let name, let entry) = access.root, let field = access.path.first else { continue }
                let parameters = entry.flatMap { HookCatalog.point($0) }?.parameters ?? []
                let isUser = name == "user" || (parameters.indices.contains(index) && parameters[index].name == "user")
                if isUser { names.insert(field) }
            }
        }
        retention = ScriptRetention(package, outlines).text
        fields = names.sorted()
        hooks = HookCatalog.points.map(\.name).filter { points.contains($0) }
    }

    private static func collectTexts(of prototype: LuaPrototype, into texts: inout Set<String>) {
        for case .string(let text) in prototype.constants { texts.insert(text) }
        for part in prototype.prototypes { collectTexts(of: part, into: &texts) }
    }
}
