import Foundation

/// The repository from which the tests were built.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The text of a file.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// How many lines a file has.
    static func lineCount(of path: String) throws -> Int {
        try text(path).utf8.count { $0 == UInt8(ascii: "\n") }
    }

    /// The files in folders and their subfolders with one of the extensions, as paths from the root.
    static func files(in folders: [String], extensions: Set<String>) -> [String] {
        folders.flatMap { folder -> [String] in
            guard let paths = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path) else { return [] }
            return paths.compactMap { $0 as? String }
                .filter { extensions.contains(URL(fileURLWithPath: $0).pathExtension) && !$0.contains(".build") }
                .map { "\(folder)/\($0)" }
        }.sorted()
    }
}
