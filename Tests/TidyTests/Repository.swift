import Foundation

/// The repository that the tests were built from.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The text of a file.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// Every file below some folders whose name ends in one of `extensions`, as paths from the root.
    static func files(in folders: [String], extensions: Set<String>) -> [String] {
        folders.flatMap { folder -> [String] in
            guard let paths = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path) else { return [] }
            return paths.compactMap { $0 as? String }
                .filter { extensions.contains(URL(fileURLWithPath: $0).pathExtension) && !$0.contains(".build") }
                .map { "\(folder)/\($0)" }
        }.sorted()
    }
}
