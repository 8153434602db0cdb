import Archive
import HooklineApp
import HooklineCore
import HooklinePackages
import Text

/// What an upgrade changes: version, signer and tests; manifest, scripts and lookups line by line; the other files by name.
struct UpgradeText {
    let upgrade: PackageUpgrade

    var text: String {
        let (pin, pack) = (upgrade.pin, upgrade.new.pack)
        let (before, after) = (pin.signer, pack.signature?.signer)
        var lines = ["\(upgrade.name) \(pin.version) → \(pack.lock.version)"]
        if before != after { lines.append("signed by \(after ?? "nobody"); the installed one by \(before ?? "nobody")") }
        if let tests = upgrade.new.tests, pin.tested != pack.lock.isTested || !tests.pass {
            lines.append("its tests: \(tests.text.onOneLine)")
        }
        if !pack.lock.isTested { lines.append("the new one is NOT TESTED: it was packed without tests that pass") }
        guard let old = upgrade.old else {
            return (lines + ["the files of the installed one are gone: all are new"]).joined(separator: "\n")
        }
        for path in Set(old.files.map(\.path) + pack.files.map(\.path)).sorted() {
            let (before, after) = (old.content(of: path), pack.content(of: path))
            if before == after { continue }
            lines.append("\(path.onOneLine): \(before == nil ? "new" : after == nil ? "gone" : "changed")")
            // A list decides about people just as a script does.
            guard path.hasSuffix(".lua") || path == WorkspaceLayout.manifest || path.hasPrefix("lookups/") else { continue }
            lines.append(LineDifference(from: before ?? [], to: after ?? []).text)
        }
        return lines.joined(separator: "\n")
    }
}
