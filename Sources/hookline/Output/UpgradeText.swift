import Archive
import HooklineCore
import HooklinePackages
import Text

/// What an upgrade changes: version, signer, tests; manifest, scripts and lookups line by line, the other files by name.
struct UpgradeText {
    let name: String
    let pin: PackagePins.Pin
    /// Nil when its folder is gone.
    let old: Hookpack?
    let new: ExaminedPackage

    /// For a terminal.
    var text: String {
        let (before, after) = (pin.signer, new.pack.signature?.signer)
        var lines = ["\(name) \(pin.version) → \(new.pack.lock.version)"]
        if before != after { lines.append("signed by \(after ?? "nobody"); the installed one by \(before ?? "nobody")") }
        if let tests = new.tests, pin.tested != new.pack.lock.isTested || !tests.pass { lines.append("its tests: \(tests.text.onOneLine)") }
        if !new.pack.lock.isTested { lines.append("the new one is NOT TESTED by who packed it") }
        guard let old else { return (lines + ["the files of the installed one are gone: all are new"]).joined(separator: "\n") }
        let pack = new.pack
        for path in Set(old.files.map(\.path) + pack.files.map(\.path)).sorted() {
            let (before, after) = (old.content(of: path), pack.content(of: path))
            if before == after { continue }
            lines.append("\(path.onOneLine): \(before == nil ? "new" : after == nil ? "gone" : "changed")")
            // What a list holds decides over people as a script does.
            guard path.hasSuffix(".lua") || path == WorkspaceLayout.manifest || path.hasPrefix("lookups/") else { continue }
            lines.append(LineDifference(from: before ?? [], to: after ?? []).text)
        }
        return lines.joined(separator: "\n")
    }
}
