/// `$NAME`, `${NAME}` and their like: what shells, CI systems and other tools write for a variable of the environment.
enum ShellVariable {
    /// What the text would be as a reference, `${env:NAME}`; nil for a text that is no such variable. In a secret the whole text must be one,
    /// because any part of it may be the secret itself.
    static func reference(in text: String, isSecret: Bool) -> String? {
        if text.contains("$${") { return nil }
        for (opening, closing) in forms where isSecret || "$%{".contains(opening.prefix(1)) {
            guard let start = isSecret ? text.hasPrefix(opening) ? text.startIndex : nil : text.firstRange(of: opening)?.lowerBound else {
                continue
            }
            let rest = text[start...].dropFirst(opening.count)
            let name = rest.prefix { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
            guard let first = name.first, !first.isNumber, rest.dropFirst(name.count).hasPrefix(closing) else { continue }
            let after = rest.dropFirst(name.count + closing.count)
            if isSecret ? after.isEmpty : after.first.map({ !$0.isLetter }) ?? true { return "${env:\(name)}" }
        }
        return nil
    }

    private static let forms = [
        ("${{ secrets.", " }}"), ("${{secrets.", "}}"), ("${", "}"), ("$env:", ""), ("$(", ")"), ("$", ""), ("%", "%"), ("{{", "}}"),
        ("env:", ""),
        ("env.", ""), ("ENV[\"", "\"]"),
    ]
}
