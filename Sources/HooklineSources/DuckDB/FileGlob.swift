import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Finds the files that a pattern of a path names.
///
/// `*` and `?` stand for characters of a name, `[…]` for one of some, and a whole part `**` for any number of folders. Names that begin with
/// a dot match only a pattern that does. Links are followed, but not by `**`, which would never end.
enum FileGlob {
    /// The files, in the order of their bytes, so that it is the same on every machine; folders do not count.
    ///
    /// A path that exists is itself, whatever is in its name.
    ///
    /// - Parameter pattern: an absolute path.
    /// - Returns: absolute paths, each once.
    /// - Throws: `sources.unreadable` for a folder that cannot be read.
    static func files(_ pattern: String) throws -> [String] {
        var status = stat()
        if stat(pattern, &status) == 0 { return [pattern] }
        let parts = pattern.split(separator: "/").map(String.init)
        var found: [String] = []
        try find(parts[...], in: "", &found)
        return Set(found).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether a text has more than one meaning as a path.
    static func isPattern(_ text: String) -> Bool { text.contains { "*?[".contains($0) } }

    private static func find(_ parts: ArraySlice<String>, in folder: String, _ found: inout [String]) throws {
        guard let part = parts.first else {
            var status = stat()
            if stat(folder, &status) == 0, status.st_mode & S_IFMT != S_IFDIR { found.append(folder) }
            return
        }
        let rest = parts.dropFirst()
        if part == "**" {
            try find(rest, in: folder, &found)
            for name in try names(in: folder) where !name.hasPrefix(".") && isRealFolder("\(folder)/\(name)") {
                try find(parts, in: "\(folder)/\(name)", &found)
            }
        } else if isPattern(part) {
            for name in try names(in: folder) where fnmatch(part, name, FNM_PERIOD) == 0 {
                try find(rest, in: "\(folder)/\(name)", &found)
            }
        } else {
            try find(rest, in: "\(folder)/\(part)", &found)
        }
    }

    /// The names in a folder; none if there is no such folder.
    private static func names(in folder: String) throws -> [String] {
        let path = folder.isEmpty ? "/" : folder
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return [] }
        do { return try FileManager.default.contentsOfDirectory(atPath: path) } catch {
            throw SourceError(.unreadable, at: .init(path), "the folder cannot be read; check its permissions")
        }
    }

    private static func isRealFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
