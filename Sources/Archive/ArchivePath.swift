/// Which paths an archive may hold: those that mean the same file on every system.
package enum ArchivePath {
    /// Bytes of a path: the name field of a tar header (POSIX.1-1988, ustar).
    package static let longest = 100
    /// Folders above a file.
    package static let deepest = 8

    /// What is wrong with a path; nil for one that will do.
    ///
    /// Letters, digits, `.`, `_` and `-` of ASCII only: two spellings of one letter, or of its case, are two files here and one there.
    package static func fault(of path: String) -> String? {
        if path.isEmpty { return "has no name" }
        if path.utf8.first == UInt8(ascii: "/") { return "is an absolute path" }
        if path.utf8.contains(UInt8(ascii: "\\")) { return "has a backslash, which is a folder's end on some systems" }
        let steps = path.split(separator: "/", omittingEmptySubsequences: false)
        if steps.contains("..") { return "leads out of the folder" }
        if steps.contains("") || steps.contains(".") { return "has an empty step" }
        if let stranger = path.unicodeScalars.first(where: { !isPlain($0) }) {
            let code = "U+" + String(repeating: "0", count: max(0, 4 - hex(stranger).count)) + hex(stranger)
            return "has the character \(code); names are of letters a to z, digits, '.', '_' and '-'"
        }
        if steps.contains(where: { $0.hasPrefix(".") }) { return "is hidden: a name does not begin with a dot" }
        if steps.contains(where: { $0.hasSuffix(".") }) { return "ends in a dot, which some systems leave out" }
        if steps.contains(where: { isDevice($0) }) { return "has the name of a device on some systems" }
        if path.utf8.count > longest { return "has \(path.utf8.count) bytes, and \(longest) are allowed" }
        if steps.count > deepest + 1 { return "is \(steps.count - 1) folders deep, and \(deepest) are allowed" }
        return nil
    }

    /// A path for messages: control characters and what is not ASCII spelled out, and cut.
    package static func shown(_ path: String) -> String {
        let shown = path.unicodeScalars.prefix(120).map { scalar in
            isVisible(scalar) ? String(scalar) : "\\u{\(hex(scalar))}"
        }.joined()
        return "'\(shown)\(path.unicodeScalars.count > 120 ? "…" : "")'"
    }

    /// Paths that would meet on a system that does not tell upper from lower case: two files, or a file and a folder.
    ///
    /// - Returns: the first pair, in the order of the paths; nil when there is none.
    package static func collision(in paths: [String]) -> (first: String, second: String)? {
        var files: [String: String] = [:]
        var folders: [String: String] = [:]
        for path in paths {
            let folded = path.lowercased()
            if let other = files[folded] ?? folders[folded] { return (other, path) }
            files[folded] = path
            let steps = folded.split(separator: "/")
            for depth in 1..<max(1, steps.count) {
                let folder = steps.prefix(depth).joined(separator: "/")
                if let other = files[folder] { return (other, path) }
                let spelled = path.split(separator: "/").prefix(depth).joined(separator: "/")
                if let other = folders[folder], !other.hasPrefix(spelled + "/") { return (other, path) }
                folders[folder] = folders[folder] ?? path
            }
        }
        return nil
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-", "/": true
        default: false
        }
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool { (0x20...0x7E).contains(scalar.value) && scalar != "'" }

    private static func hex(_ scalar: Unicode.Scalar) -> String { String(scalar.value, radix: 16, uppercase: true) }

    /// Names that Windows keeps for devices, with any ending (Microsoft, "Naming Files, Paths, and Namespaces").
    private static func isDevice(_ step: Substring) -> Bool {
        let stem = step.prefix { $0 != "." }.lowercased()
        if ["con", "prn", "aux", "nul"].contains(stem) { return true }
        return stem.count == 4 && (stem.hasPrefix("com") || stem.hasPrefix("lpt")) && stem.last?.isNumber == true
    }
}
