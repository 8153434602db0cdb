import Foundation

/// A program that was built together with the tests.
package enum BuiltProgram {
    /// The path of the program with that name, beside the test bundle.
    package static func path(_ name: String) -> String {
        file(name) { FileManager.default.isExecutableFile(atPath: $0) } ?? ".build/debug/\(name)"
    }

    /// The path of the library with that name, beside the test bundle.
    package static func library(_ name: String) -> String {
        let candidates = ["lib\(name).so", "lib\(name).dylib"]
        return candidates.lazy.compactMap { file($0, where: FileManager.default.fileExists) }.first ?? ".build/debug/\(candidates[0])"
    }

    private static func file(_ name: String, where isFound: (String) -> Bool) -> String? {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        let products = [tests, Bundle.main.bundleURL] + Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
        return products.lazy.map { $0.appendingPathComponent(name).path }.first(where: isFound)
    }
}
