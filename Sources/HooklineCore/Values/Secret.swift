/// Where a secret is to be had; the secret itself stands in no file and is read when it is used.
package enum Secret: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    /// `${env:NAME}`.
    case environment(String)
    /// `${file:PATH}`; a trailing newline of the file does not count.
    case file(String)
    /// Written out in the file: allowed, warned about, and never shown.
    case literal(String)

    /// Says where the secret comes from, never what it is.
    package var description: String {
        switch self {
        case .environment(let name): "${env:\(name)}"
        case .file(let path): "${file:\(path)}"
        case .literal: "(a secret written in the file)"
        }
    }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
