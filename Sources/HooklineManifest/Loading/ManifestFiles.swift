import Foundation

/// The file system that the loader reads; `disk` is the real one.
package struct ManifestFiles: Sendable {
    /// The kind of thing at a path.
    package enum Kind: Equatable, Sendable {
        case file, folder, other
    }

    /// The first bytes of a regular file, up to a limit; throws when it can't be read.
    package var read: @Sendable (_ path: String, _ limit: Int) throws -> [UInt8]
    /// The kind of thing at a path, links followed; nil for nothing.
    package var kind: @Sendable (_ path: String) -> Kind?
    /// The names in a folder, sorted; empty when it can't be read.
    package var names: @Sendable (_ folder: String) -> [String]
    /// The path with all links resolved.
    package var realPath: @Sendable (_ path: String) -> String

    package init(
        read: @escaping @Sendable (String, Int) throws -> [UInt8], kind: @escaping @Sendable (String) -> Kind?,
        names: @escaping @Sendable (String) -> [String], realPath: @escaping @Sendable (String) -> String
    ) {
        self.read = read
        self.kind = kind
        self.names = names
        self.realPath = realPath
    }

    /// The files of this machine.
    package static let disk = ManifestFiles(
        read: { path, limit in
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            return Array(try handle.read(upToCount: limit) ?? Data())
        },
        kind: { path in
            let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            guard let type = try? FileManager.default.attributesOfItem(atPath: resolved)[.type] as? FileAttributeType else { return nil }
            return type == .typeRegular ? .file : type == .typeDirectory ? .folder : .other
        },
        names: { folder in (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? [] },
        realPath: { path in URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    )

    /// The absolute path, without `.` and `..`, of a path that may be relative to `folder`.
    static func absolute(_ path: String, in folder: String) -> String {
        URL(fileURLWithPath: path.hasPrefix("/") ? path : "\(folder)/\(path)").standardizedFileURL.path
    }
}
