import HooklineCore
import Lua
import Text

/// A package's scripts, compiled and run once, with their hooks found and checked.
struct LoadedScripts {
    /// A hook of one of the scripts.
    struct Hook {
        let name: String
        let file: String
        let function: LuaFunction

        /// What a machine does with its result; for hooks that every user passes through.
        var step: LuaStep.Kind {
            switch name {
            case "map": .map
            case "filter": .filter
            default: .breakdown
            }
        }
    }

    let machine: LuaMachine
    /// In the order of the scripts, and within a script in the order of the catalog.
    private(set) var hooks: [Hook] = []

    /// Loads the scripts.
    ///
    /// - Throws: `HookError` for a script that does not compile, fails while it loads, or has the wrong shape.
    init(_ package: ScriptPackage, settings: HookSettings, lookups: LuaLookups) throws(HookError) {
        let message = HookMessage(package: package)
        do {
            machine = try LuaMachine(limits: LuaLimits(settings), jail: settings.jail, slots: WorkerQueue.depth, lookups: lookups)
            if settings.requiresJail, machine.isFiltered != true {
                throw message.error(.unfiltered, "the system refuses the system call filter, which --require-jail demands")
            }
            for file in package.files { try machine.add(LuaSource(module: file.module, file: file.path, text: file.text)) }
            for path in package.scripts { try load(path, message) }
            try machine.sealGlobals()
        } catch let error as LuaError {
            throw message.error(error)
        } catch let error as HookError {
            throw error
        } catch {
            throw HookError(.fault, "\(package.name): \(error)")
        }
    }

    /// The hooks of that name, in the order of the scripts.
    func hooks(_ name: String) -> [Hook] { hooks.filter { $0.name == name } }

    /// What every user passes through: `map`, then `filter`, of each script, then `breakdown`.
    private(set) var userHooks: [Hook] = []

    private mutating func load(_ path: String, _ message: HookMessage) throws {
        guard let file = message.package.files.first(where: { $0.path == path }) else {
            let hint = NearestName.hint(path, among: message.package.files.map(\.path))
            throw message.error(.shape, "the package has no file '\(path)'\(hint)")
        }
        let script = try loaded(file, of: message.package)
        try check(script, path, message)
        for point in HookCatalog.points {
            guard let function = try machine.function(point.name, of: script) else { continue }
            if !point.mayRepeat, let first = hooks.first(where: { $0.name == point.name }) {
                throw message.error(
                    .twice, "'\(point.name)' is already in \(first.file); only one script of a package may have it", file: path,
                    entry: point.name)
            }
            hooks.append(Hook(name: point.name, file: path, function: function))
        }
        userHooks = hooks.filter { $0.name == "map" || $0.name == "filter" } + hooks.filter { $0.name == "breakdown" }
    }

    private func loaded(_ file: ScriptPackage.File, of package: ScriptPackage) throws(LuaError) -> LuaScript {
        do {
            return try machine.loadScript(file.module)
        } catch {
            // A machine that is gone cannot tell where it was.
            var error = error
            if error.isFatal || error.code == .contract, error.file == nil { error.file = file.path }
            // What a script returns is wrong where it returns, or where it should.
            if error.code == .contract, error.line == nil { error.line = package.lineOfReturn(in: file.path) }
            throw error
        }
    }

    private func check(_ script: LuaScript, _ path: String, _ message: HookMessage) throws(HookError) {
        for (name, type) in script.entries.sorted(by: { $0.key < $1.key }) {
            guard HookCatalog.point(name) != nil else {
                let known = HookCatalog.points.map(\.name)
                let hint =
                    NearestName.of(name, among: known).map { "did you mean '\($0)'?" } ?? "the hooks are \(known.joined(separator: ", "))"
                throw message.error(
                    .unknownHook, "there is no hook '\(Redaction.redacted(String(name.prefix(64))))'; \(hint)", file: path, entry: name)
            }
            guard type == "function" else {
                throw message.error(
                    .shape, "'\(Redaction.redacted(String(name.prefix(64))))' is a \(type); a hook is a function", file: path, entry: name)
            }
        }
    }
}
