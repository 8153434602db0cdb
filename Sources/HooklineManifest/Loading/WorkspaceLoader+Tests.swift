import HooklineCore

/// Reads the tests of packages.
extension WorkspaceLoader {
    /// Reads the tests of a package: the files in its `tests/` by name, and the tests of each file in order.
    package func tests(of package: PackageLocation) -> Loaded<[ScriptTest]> {
        let findings = Findings()
        let folder = "\(package.folder)/tests"
        let shown = package.fileFolder
        var tests: [ScriptTest] = []
        // macOS leaves files such as ._users.yaml beside files that it copies.
        for name in files.names(folder) where !name.hasPrefix(".") {
            let file = shown.isEmpty ? "tests/\(name)" : "\(shown)/tests/\(name)"
            if files.kind("\(folder)/\(name)") == .folder {
                reportHidden(files.names("\(folder)/\(name)"), in: file, findings)
                continue
            }
            guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { continue }
            let advice = "a test file is a list of tests: - test: …"
            guard let tree = tree("\(folder)/\(name)", shownAs: file, advice, findings, content: advice) else { continue }
            tests += TestReader(findings: findings, files: files, folder: package.folder).read(tree)
        }
        var locations: [String: SourcePosition] = [:]
        for test in tests {
            if let location = locations.updateValue(test.position, forKey: test.name) {
                let message =
                    "another test is named \(quoted(test.name)), at \(location.file):\(location.line); each test needs its own name"
                findings.report(.duplicateKey, message, at: test.position)
            }
        }
        return Loaded(tests, findings)
    }

    /// Reports tests that would never run.
    private func reportHidden(_ names: [String], in folder: String, _ findings: Findings) {
        for name in names.sorted() where (name.hasSuffix(".yaml") || name.hasSuffix(".yml")) && !name.hasPrefix(".") {
            findings.report(
                .unreadableFile, "tests in subfolders of tests/ are not run; move the file to tests/",
                at: SourcePosition(file: "\(folder)/\(name)", line: 1, column: 1))
        }
    }
}
