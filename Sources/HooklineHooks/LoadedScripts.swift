import HooklineCore
import Lua

/// A package's scripts, compiled and run once, with their hooks found and checked.
struct LoadedScripts {
    /// A hook of one of the scripts.
    struct Hook {
        let name: String
        let file: String
        let function: LuaFunction
    }

    let machine: LuaMachine
    /// In the order of the scripts, and within one script in the order of the catalog.
    private(set) var hooks: [Hook] = []

    /// Loads the scripts.
    ///
    /// - Throws: `HookError` for a script that does not compile, fails while it loads, or has the wrong shape.
    init(_ package: ScriptPackage, limits: HookLimits) throws(HookError) {
        let message = HookMessage(package: package)
        do {
            machine = try LuaMachine(limits: LuaLimits(limits))
            for file in package.files { try machine.add(LuaSource(module: file.module, file: file.path, text: file.text)) }
            for path in package.scripts { try load(path, message) }
        } catch let error as LuaError {
            throw message.error(error)
        } catch let error as HookError {
            throw error
        } catch {
            throw HookError(.fault, "\(package.name): \(error)")
        }
        machine.sealGlobals()
    }

    /// The hooks of that name, in the order of the scripts.
    func hooks(_ name: String) -> [Hook] { hooks.filter { $0.name == name } }

    /// What every user passes through: map, then filter, of each script.
    var userHooks: [Hook] { hooks.filter { $0.name == "map" || $0.name == "filter" } }

    private mutating func load(_ path: String, _ message: HookMessage) throws {
        guard let file = message.package.files.first(where: { $0.path == path }) else {
            let hint = NearestName.hint(path, among: message.package.files.map(\.path))
            throw message.error(.shape, "the package has no file '\(path)'\(hint)")
        }
        let script = try machine.loadScript(file.module)
        try check(script, path, message)
        for point in HookCatalog.points {
            guard let function = try machine.function(point.name, of: script) else { continue }
            if !point.mayRepeat, let first = hooks.first(where: { $0.name == point.name }) {
                throw message.error(
                    .twice, "'\(point.name)' is in \(first.file) already; only one script of a package may have it", file: path)
            }
            hooks.append(Hook(name: point.name, file: path, function: function))
        }
    }

    private func check(_ script: LuaScript, _ path: String, _ message: HookMessage) throws(HookError) {
        for (name, type) in script.entries.sorted(by: { $0.key < $1.key }) {
            guard let point = HookCatalog.point(name) else {
                let known = HookCatalog.points.map(\.name)
                let hint =
                    NearestName.of(name, among: known).map { "did you mean '\($0)'?" } ?? "the hooks are \(known.joined(separator: ", "))"
                throw message.error(.unknownHook, "there is no hook '\(name)'; \(hint)", file: path)
            }
            guard type == "function" else {
                throw message.error(.shape, "'\(name)' is a \(type); a hook is a function", file: path)
            }
            guard point.isAvailable else { throw message.error(.unavailable, "'\(name)' is not in this build yet", file: path) }
        }
    }
}

extension LuaLimits {
    init(_ limits: HookLimits) {
        self.init(
            memoryBytes: limits.memoryBytes, instructionsPerCall: limits.instructionsPerCall,
            processorTime: .milliseconds(limits.milliseconds), patternStepsPerCall: limits.patternSteps, logLines: limits.logLines)
    }
}
