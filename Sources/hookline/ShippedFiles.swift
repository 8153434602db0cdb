import Foundation

/// Finds the files that come with the program: beside an installed one in `share/hookline`, beside a built one in `scripts`.
enum ShippedFiles {
    /// The path of a shipped folder.
    static func path(_ name: String) throws -> String {
        let executable = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0]).resolvingSymlinksInPath()
        var candidates = [
            executable.deletingLastPathComponent().deletingLastPathComponent(), executable.deletingLastPathComponent(),
        ].map { $0.appendingPathComponent("share/hookline/\(name)") }
        var folder = executable.deletingLastPathComponent()
        while folder.path != "/" {
            candidates.append(folder.appendingPathComponent("scripts/\(name)"))
            folder.deleteLastPathComponent()
        }
        for candidate in candidates where FileManager.default.fileExists(atPath: candidate.path) { return candidate.path }
        throw CommandFailure(
            "demo.not_found",
            "the shipped folder '\(name)' is not there: it is looked for in \(candidates[0].path) and \(candidates[1].path). Run from a clone, or install with 'make install'",
            status: .failed)
    }
}
