import Foundation
import HooklineCore
import HooklineHooks

/// A package's Lua, read from disk.
struct ScriptFiles: Sendable {
    let activation: Activation
    /// Every Lua file of the package, sorted by path.
    let files: [ScriptPackage.File]

    /// The host stops at a package of this size; reading more would be for nothing.
    private static let packageLimit = 1 << 20

    /// Reads the Lua files of an activation's folder; links are not followed.
    ///
    /// - Throws: `IssuesFound`, when one cannot be read.
    init(activation: Activation) throws {
        self.activation = activation
        guard !activation.hooks.isEmpty else {
            files = []
            return
        }
        var found: [ScriptPackage.File] = []
        var size = 0
        for path in Self.luaFiles(in: activation.folder) where size <= Self.packageLimit {
            guard let content = FileManager.default.contents(atPath: "\(activation.folder)/\(path)") else {
                throw IssuesFound([Issue("manifest.no_such_file", "the script '\(path)' cannot be read", at: activation.hooksPosition)])
            }
            size += content.count
            found.append(ScriptPackage.File(path: path, text: Array(content)))
        }
        files = found
    }

    /// The host of the scripts; nil for an activation without any.
    ///
    /// - Throws: `HookError`, when a script does not load.
    func host(_ settings: HookSettings) throws -> LuaHookHost? {
        activation.hooks.isEmpty ? nil : try LuaHookHost(package, settings: settings)
    }

    /// The package as its host takes it.
    var package: ScriptPackage { ScriptPackage(name: activation.name, scripts: activation.hooks, files: files) }

    private static func luaFiles(in folder: String) -> [String] {
        guard let paths = FileManager.default.enumerator(atPath: folder) else { return [] }
        var found: [String] = []
        while let path = paths.nextObject() as? String {
            let isFile = paths.fileAttributes?[.type] as? FileAttributeType == .typeRegular
            if path.hasSuffix(".lua"), isFile { found.append(path) }
        }
        return found.sorted()
    }
}
