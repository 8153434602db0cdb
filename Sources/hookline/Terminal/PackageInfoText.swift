import HooklineApp
import HooklineManifest
import Text

/// What a package is and asks for, for a terminal.
struct PackageInfoText {
    let info: PackageInfo

    var text: String {
        // Runs of spaces become one: padded to a terminal's width, a description could look like lines of ours.
        let words = info.description.map { ": " + $0.split { $0 == " " }.joined(separator: " ") } ?? ""
        var lines = ["\(info.name) \(info.version)\(words)".onOneLine]
        var facts = TextTable()
        facts.add("digest", info.digest ?? "none: it is a folder; 'hookline pack' gives it one")
        facts.add("signed by", info.signer ?? "nobody")
        facts.add("tests", tests)
        facts.add("needs", [info.requires, "hooks version \(info.api)"].compactMap { $0 }.joined(separator: ", "))
        PackageAsksText(asks: info.asks).add(to: &facts)
        lines.append(facts.text(indent: "  "))
        if !info.parameters.isEmpty { lines.append(parameters) }
        lines.append(SettingsText(settings: info.inForce).text)
        lines.append("  \(NumberText.counted(info.files, "file", "files")), \(NumberText.grouped(info.bytes)) bytes")
        return lines.joined(separator: "\n")
    }

    private var tests: String {
        if let tests = info.testsHere { return tests.text }
        guard let tested = info.tested else { return "'hookline test' runs them" }
        return tested ? "passed when it was packed or installed" : "NOT TESTED: nobody has shown that its tests pass"
    }

    private var parameters: String {
        var table = TextTable(header: ["parameter", "type", "value", "from", "limits", "what for"])
        for parameter in info.parameters {
            let declared = parameter.declaration
            table.add(
                declared.name, declared.type, parameter.value ?? "must be set", parameter.from ?? "", declared.limits ?? "",
                declared.description ?? "")
        }
        return table.text(indent: "  ")
    }
}

extension TestsHere {
    /// For a terminal.
    var text: String {
        if isStopped { return "NOT KNOWN: they took longer than \(patience) s and were stopped" }
        if failed > 0 { return "\(failed) OF \(passed + failed) FAIL HERE, the first one '\(firstFailed ?? "")'" }
        return passed == 0 ? "NOT TESTED: it has none" : "\(passed == 1 ? "1 passes" : "\(passed) pass") here"
    }
}
