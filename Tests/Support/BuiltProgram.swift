import Foundation

/// A program that was built together with the tests.
package enum BuiltProgram {
    /// The path of the program with that name, beside the test bundle.
    package static func path(_ name: String) -> String {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        let products = [tests, Bundle.main.bundleURL] + Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
        let candidates = products.map { $0.appendingPathComponent(name).path }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? ".build/debug/\(name)"
    }
}
