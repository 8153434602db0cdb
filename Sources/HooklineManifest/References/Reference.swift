import HooklineCore
import Text

/// `${env:NAME}`, `${file:PATH}` and `${param:NAME}` inside a text; `$${` means `${` itself.
enum Reference {
    /// A piece of a text.
    enum Piece: Equatable {
        case text(String)
        /// `${kind:name}`.
        case reference(kind: String, name: String)
        /// `${kind:` without a closing brace.
        case unclosed(kind: String)

        var isReference: Bool {
            if case .text = self { return false }
            return true
        }
    }

    static let kinds = ["env", "file", "param"]

    /// Splits a text at its references. `${` opens one only before a word and a colon: `^a${2}` is plain text.
    static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var plain = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            plain += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                plain += "${"
                rest = rest.dropFirst(3)
            } else if let kind = kind(at: rest) {
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = ""
                let body = rest.dropFirst(kind.count + 3)
                guard let end = body.firstIndex(of: "}") else { return pieces + [.unclosed(kind: kind)] }
                pieces.append(.reference(kind: kind, name: String(body[..<end])))
                rest = body[body.index(after: end)...]
            } else {
                plain += "$"
                rest = rest.dropFirst()
            }
        }
        plain += rest
        if !plain.isEmpty || pieces.isEmpty { pieces.append(.text(plain)) }
        return pieces
    }

    /// The text of the pieces, without references.
    static func plain(_ pieces: [Piece]) -> String {
        pieces.reduce(into: "") { text, piece in
            if case .text(let part) = piece { text += part }
        }
    }

    /// What is wrong with the references; nil when nothing is.
    static func mistake(in pieces: [Piece], allowed: [String]) -> String? {
        let forms = listed(allowed.map { "${\($0):…}" })
        for case let piece in pieces where piece.isReference {
            switch piece {
            case .unclosed(let kind): return "'${\(kind):' has no closing brace; allowed are \(forms), and $${ for a literal ${"
            case .reference(let kind, _) where !allowed.contains(kind):
                return "\(quoted("${\(kind):…}")) is not a reference that is allowed here; allowed are \(forms), and $${ for a literal ${"
                    + NearestName.hint(kind, among: allowed)
            case .reference(let kind, let name) where name.isEmpty || name.contains("\n") || name != name.trimmed:
                return "'${\(kind):}' needs a name without spaces around it"
            default: continue
            }
        }
        return nil
    }

    /// The word of `${word:` at the start of the text; nil when the text starts otherwise.
    private static func kind(at text: Substring) -> String? {
        guard text.hasPrefix("${") else { return nil }
        let word = text.dropFirst(2).prefix { $0.isASCII && $0.isLetter }
        return !word.isEmpty && text[word.endIndex...].first == ":" ? String(word) : nil
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
