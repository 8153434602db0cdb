/// Where to get a secret, which is read only when it is used.
package enum Secret: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    /// `${env:NAME}`.
    case environment(String)
    /// `${file:PATH}`, without a trailing newline of the file.
    case file(String)
    /// Written in the manifest: allowed with a warning, and never shown.
    case literal(String)

    /// Where the secret comes from, never the secret itself.
    package var description: String {
        switch self {
        case .environment(let name): "${env:\(name)}"
        case .file(let path): "${file:\(path)}"
        case .literal: "(a secret written in the file)"
        }
    }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
