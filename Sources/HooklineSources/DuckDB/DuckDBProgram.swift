import Foundation
import HooklineCore
import Text

/// The program of DuckDB on this machine.
struct DuckDBProgram {
    /// Its absolute path.
    let path: String

    /// Where package managers put programs that a service's PATH may lack.
    private static let commonFolders = ["/usr/local/bin", "/opt/homebrew/bin", "/usr/bin"]

    /// Finds the program: the one that `HOOKLINE_DUCKDB` names, else `duckdb` on the PATH.
    ///
    /// - Throws: `sources.program_missing`.
    init(_ settings: DuckDBSettings, source: String) throws {
        let folders = settings.searchPath.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") } + Self.commonFolders
        let found: String?
        if let named = settings.program {
            found = named.contains("/") ? Self.program(URL(fileURLWithPath: named).path) : Self.program(named, in: folders)
            if found == nil {
                throw Self.missing(source, "HOOKLINE_DUCKDB names '\(named.onOneLine)', which is not a program")
            }
        } else {
            found = Self.program("duckdb", in: folders)
        }
        guard let found else { throw Self.missing(source, "the program duckdb, which reads this source, is not on the PATH") }
        path = found
    }

    private static func missing(_ source: String, _ what: String) -> SourceError {
        SourceError(
            .programMissing, at: .init(source),
            "\(what); install it with: pip install duckdb-cli (on macOS: brew install duckdb), or set HOOKLINE_DUCKDB to its path")
    }

    private static func program(_ name: String, in folders: [String]) -> String? {
        folders.lazy.compactMap { program("\($0)/\(name)") }.first
    }

    /// The program at a path; for the script that pip writes, the program that it starts.
    private static func program(_ path: String) -> String? {
        var isFolder: ObjCBool = false
        guard FileManager.default.isExecutableFile(atPath: path), FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            !isFolder.boolValue
        else { return nil }
        let first = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)).read(upToCount: 2)
        guard first == Data("#!".utf8) else { return path }
        let root = URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent().path
        let packages = ["site-packages", "dist-packages"].flatMap { folder in
            (try? FileGlob.files("\(root)/lib/python3*/\(folder)/duckdb_cli/duckdb")) ?? []
        }
        return packages.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
