import Foundation
import SystemPackage

/// Finds the files that come with the program: in `share/hookline` beside an installed one, in `scripts` above a built one.
enum ShippedFiles {
    /// The path of a shipped folder.
    ///
    /// - Throws: `demo.not_found`.
    static func path(_ name: String) throws(AppError) -> String {
        let program = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0]).resolvingSymlinksInPath().path
        var folder = FilePath(program).removingLastComponent()
        let installed = [folder.removingLastComponent(), folder].map { $0.appending("share/hookline/\(name)") }
        var candidates = installed
        while folder.lastComponent != nil {
            candidates.append(folder.appending("scripts/\(name)"))
            folder.removeLastComponent()
        }
        for candidate in candidates where FileManager.default.fileExists(atPath: candidate.string) { return candidate.string }
        throw AppError(
            .notShipped,
            "the shipped folder '\(name)' is missing: neither \(installed[0]) nor \(installed[1]) exists. Run from a clone, or install with 'make install'"
        )
    }
}
