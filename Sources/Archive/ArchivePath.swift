/// The rules for paths in an archive: each must mean the same file on every system.
package enum ArchivePath {
    /// The most bytes in a path: the size of the name field in a tar header (POSIX.1-1988, ustar).
    package static let longest = 100
    /// The most folders above a file.
    package static let deepest = 8

    /// What is wrong with a path, as the rest of a sentence that begins with it; nil if it is allowed.
    ///
    /// Only ASCII letters, digits, `.`, `_`, and `-` are allowed: where Unicode is normalized, two spellings of a letter name one file;
    /// elsewhere they name two.
    package static func fault(of path: String) -> String? {
        if path.isEmpty { return "is empty" }
        if path.utf8.first == UInt8(ascii: "/") { return "is absolute" }
        if path.utf8.contains(UInt8(ascii: "\\")) { return "contains a backslash, which separates folders on some systems" }
        let steps = path.split(separator: "/", omittingEmptySubsequences: false)
        if steps.contains("..") { return "leads outside the folder" }
        if steps.contains("") || steps.contains(".") { return "has a component that is empty or '.'" }
        if let stranger = path.unicodeScalars.first(where: { !isPlain($0) }) {
            let code = "U+" + String(repeating: "0", count: max(0, 4 - hex(stranger).count)) + hex(stranger)
            return "contains \(code); names may contain only ASCII letters, digits, '.', '_', and '-'"
        }
        if steps.contains(where: { $0.hasPrefix(".") }) { return "is hidden; a name must not begin with a dot" }
        if steps.contains(where: { $0.hasSuffix(".") }) { return "has a name that ends with a dot, which some systems drop" }
        if steps.contains(where: { isDevice($0) }) { return "has a name that Windows reserves for a device" }
        if path.utf8.count > longest { return "has \(path.utf8.count) bytes; the limit is \(longest)" }
        if steps.count > deepest + 1 { return "is \(steps.count - 1) folders deep; the limit is \(deepest)" }
        return nil
    }

    /// A quoted path for messages: at most 120 characters, with control and non-ASCII characters escaped.
    package static func shown(_ path: String) -> String {
        let shown = path.unicodeScalars.prefix(120).map { scalar in
            isVisible(scalar) ? String(scalar) : "\\u{\(hex(scalar))}"
        }.joined()
        return "'\(shown)\(path.unicodeScalars.count > 120 ? "…" : "")'"
    }

    /// Finds paths that would be the same on a case-insensitive system: two files, two folders, or a file and a folder.
    ///
    /// - Returns: the first such pair, in the order of the paths; nil if there is none.
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

    /// Names that Windows reserves for devices, with any extension (Microsoft, "Naming Files, Paths, and Namespaces").
    private static func isDevice(_ step: Substring) -> Bool {
        let stem = step.prefix { $0 != "." }.lowercased()
        if ["con", "prn", "aux", "nul"].contains(stem) { return true }
        return stem.count == 4 && (stem.hasPrefix("com") || stem.hasPrefix("lpt")) && stem.last?.isNumber == true
    }
}
