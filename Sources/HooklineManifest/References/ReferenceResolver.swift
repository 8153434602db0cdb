import HooklineCore
import Text

/// Resolves `${env:NAME}` and `${file:PATH}`; its messages name the variable or the file, never the value.
struct ReferenceResolver: Sendable {
    /// The longest secret in a file, in bytes.
    static let fileLimit = 64 << 10

    let environment: [String: String]
    let files: ManifestFiles
    /// The workspace's folder, which paths are relative to.
    let root: String

    /// Resolves a reference.
    ///
    /// - Throws: ``UnresolvedReference``.
    func value(kind: String, name: String, at position: SourcePosition?) throws(UnresolvedReference) -> String {
        kind == "env" ? try variable(name, at: position) : try fileText(name, at: position)
    }

    /// Resolves a secret.
    ///
    /// - Throws: ``UnresolvedReference``.
    func value(of secret: Secret, at position: SourcePosition? = nil) throws(UnresolvedReference) -> String {
        switch secret {
        case .environment(let name): try variable(name, at: position)
        case .file(let path): try fileText(path, at: position)
        case .literal(let text): text
        }
    }

    /// The text with its references resolved, and why those that remain could not be.
    func resolved(_ tree: Tree) -> (text: String, unresolved: [Issue]) {
        var text = ""
        var unresolved: [Issue] = []
        for piece in Reference.pieces(of: tree.text ?? "") {
            switch piece {
            case .text(let part): text += part
            case .unclosed: break
            case .reference(let kind, let name):
                do throws(UnresolvedReference) {
                    text += try value(kind: kind, name: name, at: tree.position)
                } catch {
                    text += "${\(kind):\(name)}"
                    unresolved.append(error.issue)
                }
            }
        }
        return (text, unresolved)
    }

    /// The secret that a value names, with an absolute path; nil for anything but a text.
    func secret(_ tree: Tree) -> Secret? {
        guard let text = tree.text, let first = Reference.pieces(of: text).first else { return nil }
        switch first {
        case .reference(kind: "env", let name): return .environment(name)
        case .reference(kind: "file", let path): return .file(ManifestFiles.absolute(path, in: root))
        default: return .literal(Reference.plain(Reference.pieces(of: text)))
        }
    }

    /// Why a secret can't be resolved now; empty when it can.
    func missing(_ secret: Secret, at position: SourcePosition?) -> [Issue] {
        do throws(UnresolvedReference) {
            _ = try value(of: secret, at: position)
            return []
        } catch {
            return [error.issue]
        }
    }

    private func variable(_ name: String, at position: SourcePosition?) throws(UnresolvedReference) -> String {
        guard let value = environment[name] else {
            let hint = NearestName.hint(name, among: environment.keys.sorted())
            throw UnresolvedReference(
                .unresolvedEnvironment, "the environment variable \(quoted(name)) is not set; set it and try again\(hint)", position)
        }
        guard !value.isEmpty else {
            throw UnresolvedReference(
                .unresolvedEnvironment, "the environment variable \(quoted(name)) is empty; give it a value", position)
        }
        return value
    }

    private func fileText(_ path: String, at position: SourcePosition?) throws(UnresolvedReference) -> String {
        let absolute = ManifestFiles.absolute(path, in: root)
        func unreadable(_ why: String) -> UnresolvedReference {
            UnresolvedReference(.unreadableSecret, "the file \(quoted(path)) \(why)", position)
        }
        guard let kind = files.kind(absolute) else { throw unreadable("does not exist") }
        guard kind == .file else { throw unreadable("is not a regular file") }
        guard let bytes = try? files.read(absolute, Self.fileLimit + 1) else { throw unreadable("can't be read; check its permissions") }
        guard bytes.count <= Self.fileLimit else { throw unreadable("is longer than 64 KB, the limit for a secret") }
        guard var text = String(validating: bytes, as: UTF8.self) else { throw unreadable("is not UTF-8") }
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        guard !text.isEmpty else { throw unreadable("is empty") }
        return text
    }
}
