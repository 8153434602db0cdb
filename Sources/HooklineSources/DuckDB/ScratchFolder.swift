import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A folder that only this user can enter, gone with the object.
final class ScratchFolder {
    let path: String
    private var links = 0

    private static let prefix = "hookline-duckdb-"

    /// Makes the folder in the system's temporary folder, and takes away those that killed processes left there.
    ///
    /// - Throws: `sources.unreadable`.
    init(source: String) throws {
        let parent = FileManager.default.temporaryDirectory.path
        Self.sweep(parent)
        let wanted = "\(parent)/\(Self.prefix)\(getpid())-\(UUID().uuidString.prefix(8).lowercased())"
        guard mkdir(wanted, 0o700) == 0 else {
            throw SourceError(
                .unreadable, at: .init(source),
                "no temporary folder can be made in \(parent): \(String(cString: strerror(errno))); set TMPDIR to a folder with room")
        }
        // Without links, because the jail and DuckDB compare real paths.
        path = URL(fileURLWithPath: wanted).resolvingSymlinksInPath().path
    }

    /// Makes a link to a file, with a name that is not a pattern and has the same end.
    ///
    /// - Throws: `sources.unreadable`.
    func link(to file: String, source: String) throws -> String {
        links += 1
        let end = file.split(separator: "/").last.map {
            $0.split(separator: ".").dropFirst().filter { !FileGlob.isPattern(String($0)) }.suffix(2)
        }
        let link = "\(path)/\(links).\((end ?? []).joined(separator: "."))"
        guard symlink(file, link) == 0 else {
            throw SourceError(
                .unreadable, at: .init(source), "the temporary folder \(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        return link
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private static func sweep(_ parent: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            guard let process = name.dropFirst(prefix.count).split(separator: "-").first.flatMap({ pid_t($0) }) else { continue }
            if kill(process, 0) != 0, errno == ESRCH { try? FileManager.default.removeItem(atPath: "\(parent)/\(name)") }
        }
    }
}
