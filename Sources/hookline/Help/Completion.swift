import ArgumentParser
import HooklineApp
import HooklineCore

/// What a shell offers for an argument.
enum Completion {
    /// The activations of the workspace, and the installed packages.
    static let activation = CompletionKind.custom { words, _, _ in
        app(of: words)?.runnableNames ?? []
    }

    /// The segments of the workspace, and its activations.
    static let segment = CompletionKind.custom { words, _, _ in
        app(of: words)?.segmentNames ?? []
    }

    /// The buckets whose rows the ledger keeps.
    static let bucket = CompletionKind.list(RowBucket.allCases.map(\.name))

    /// A workspace's activation, or the path of a package.
    static let hookpack = CompletionKind.file(extensions: ["hookpack"])
    static let users = CompletionKind.file(extensions: ["csv", "jsonl"])
    static let yaml = CompletionKind.file(extensions: ["yaml", "yml"])

    private static func app(of words: [String]) -> App? {
        let named = words.indices.last { ["-C", "--directory"].contains(words[$0]) && $0 + 1 < words.endIndex }
        return try? GlobalOptions.parse(["--quiet"] + (named.map { ["-C", words[$0 + 1]] } ?? [])).app
    }
}
