import Foundation
import HooklineCore
import HooklineHooks
import HooklineManifest
import Lua

/// A package's scripts and lookups, read from disk.
struct ScriptFiles: Sendable {
    let activation: Activation
    /// Every Lua file of the package, sorted by path.
    let files: [ScriptPackage.File]
    /// The files of its `lookups/`, or what stands for them, sorted by name.
    let lookups: [ScriptPackage.File]

    /// Bytes. The host refuses more; reading on would be for nothing.
    private static let packageLimit = 1 << 20

    /// Reads the files of an activation's folder. Hidden ones and links are left out.
    ///
    /// - Throws: `IssuesFound`, when a file cannot be read, or what stands for a lookup lacks one of its columns.
    init(activation: Activation) throws {
        self.activation = activation
        guard !activation.hooks.isEmpty else {
            files = []
            lookups = []
            return
        }
        var found: [ScriptPackage.File] = []
        var size = 0
        for path in Self.names(in: activation.folder).filter({ $0.hasSuffix(".lua") }) where size <= Self.packageLimit {
            let content = try Self.content(path, of: activation)
            size += content.count
            found.append(ScriptPackage.File(path: path, text: Array(content)))
        }
        files = found
        lookups = try Self.names(in: activation.folder + "/lookups").map { name in
            if let lookupOverride = activation.lookups.first(where: { $0.name == name }) {
                try LookupHeader.check(lookupOverride, own: "\(activation.folder)/lookups/\(name)")
                return ScriptPackage.File(path: name, text: try Self.content(lookupOverride), origin: lookupOverride.origin)
            }
            return ScriptPackage.File(path: name, text: Array(try Self.content("lookups/\(name)", of: activation)))
        }
    }

    private static func content(_ lookupOverride: LookupOverride) throws(IssuesFound) -> [UInt8] {
        switch lookupOverride.content {
        case .text(let text): return Array(text.utf8)
        case .file(let path):
            func refusal(_ code: ManifestIssueCode, _ why: String) -> IssuesFound {
                IssuesFound([
                    Issue(
                        code.rawValue, "the file '\(path)', which stands for 'lookups/\(lookupOverride.name)', \(why)",
                        at: lookupOverride.position)
                ])
            }
            // A pipe would keep the run waiting.
            guard ManifestFiles.disk.kind(path) == .file, let content = try? ManifestFiles.disk.read(path, LuaLookups.largestSum + 1) else {
                throw refusal(.noSuchFile, "cannot be read")
            }
            guard content.count <= LuaLookups.largestSum else {
                throw refusal(.wrongValue, "is larger than \(LuaLookups.largestSum >> 20) MB, the limit for all lookup files together")
            }
            return content
        }
    }

    private static func content(_ path: String, of activation: Activation) throws(IssuesFound) -> Data {
        guard let content = FileManager.default.contents(atPath: "\(activation.folder)/\(path)") else {
            throw IssuesFound([
                Issue(ManifestIssueCode.noSuchFile.rawValue, "the file '\(path)' cannot be read", at: activation.hooksPosition)
            ])
        }
        return content
    }

    /// The files of a folder, sorted, as paths below it. Hidden ones and links are left out.
    static func names(in folder: String) -> [String] {
        guard let paths = FileManager.default.enumerator(atPath: folder) else { return [] }
        var found: [String] = []
        while let path = paths.nextObject() as? String {
            let isFile = paths.fileAttributes?[.type] as? FileAttributeType == .typeRegular
            if isFile, !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) { found.append(path) }
        }
        return found.sorted()
    }

    /// Loads the scripts; nil for an activation without any.
    ///
    /// - Throws: `HookError`, when a script does not load.
    func host(_ settings: HookSettings) throws(HookError) -> LuaHookHost? {
        activation.hooks.isEmpty ? nil : try LuaHookHost(package, settings: settings)
    }

    /// Lines below the header of each file that the workspace binds to a lookup, by the lookup's name.
    var listLines: [String: Int] {
        let bound = Set(activation.lookups.map(\.name))
        return lookups.filter { bound.contains($0.path) }.reduce(into: [:]) { lines, file in
            let full = file.text.split(separator: UInt8(ascii: "\n")).count { !$0.allSatisfy { $0 == UInt8(ascii: "\r") } }
            lines[file.path] = max(0, full - 1)
        }
    }

    /// The package in the form in which its host takes it.
    var package: ScriptPackage { ScriptPackage(name: activation.name, scripts: activation.hooks, files: files, lookups: lookups) }
}

extension Activation {
    /// The package with its own lookup files, whatever the workspace binds.
    var withOwnLookups: Activation {
        var activation = self
        activation.lookups = []
        return activation
    }
}
