import HooklineCore
import Yams

/// Turns the bytes of a manifest into a tree, or reports where they are not YAML that a manifest may use.
///
/// Yams stops at a repeated key. To find all of them, and everything else that is wrong, the earlier key is overwritten with private-use
/// scalars of the same width and the text is parsed again. All positions stay the same, and ``TreeBuilder`` restores the key's name.
struct TreeComposer {
    /// The largest manifest, in bytes.
    static let sizeLimit = 1 << 20
    /// The most repeated keys that are reported, as long as parsing the file again for each stays cheap.
    private static let repeatedKeysLimit = 50
    private static let rereadLimit = 2 << 20
    private static let firstPlaceholder: UInt32 = 0xE000

    let file: String
    let findings: Findings
    /// What such a file holds: advice for an empty file.
    var content = "it starts with hookline: 1"

    /// The tree; nil when there is none, which the findings then say.
    func compose(_ bytes: [UInt8]) -> Tree? {
        guard bytes.count <= Self.sizeLimit else {
            report(.tooBig, "the file is larger than 1 MB, the limit for a manifest", 1, 1)
            return nil
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let valid = SourceText(Self.validStart(of: bytes))
            let location = valid.location(of: valid.scalars.count)
            report(.notUTF8, "the file is not UTF-8 from here on; save it as UTF-8", location.line, location.column)
            return nil
        }
        let source = SourceText(text)
        guard holdsOnlyText(source), holdsNoAlias(source) else { return nil }
        return parse(source)
    }

    private func parse(_ original: SourceText) -> Tree? {
        var source = original
        var names: [SourcePosition: String] = [:]
        while true {
            do {
                return try root(of: source, names)
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                let (line, column, key) = (context.mark.line, context.mark.column, keys.first ?? "")
                let mayReread = names.count < Self.repeatedKeysLimit && (names.count + 1) * source.scalars.count < Self.rereadLimit
                if mayReread, let placeholder = Unicode.Scalar(Self.firstPlaceholder + UInt32(names.count)),
                    source.mask(key, line: line, column: column, with: placeholder)
                {
                    names[SourcePosition(file: file, line: line, column: column)] = key
                } else {
                    report(.duplicateKey, "the key \(quoted(key)) appears more than once in this mapping; keep one of them", line, column)
                    return nil
                }
            } catch {
                YAMLMistake(error, in: original).report(in: file, to: findings)
                return nil
            }
        }
    }

    private func root(of source: SourceText, _ names: [SourcePosition: String]) throws -> Tree? {
        let parser = try Parser(yaml: source.text, resolver: .basic, encoding: .utf8)
        guard let root = try parser.nextRoot() else {
            report(.empty, "the file is empty; \(content)", 1, 1)
            return nil
        }
        if let second = try parser.nextRoot() {
            let mark = second.mark
            report(
                .unsupportedYAML, "a second document starts before this line; a file holds one document", mark?.line ?? 1, mark?.column ?? 1
            )
            return nil
        }
        let tree = TreeBuilder(file: file, names: names, findings: findings).tree(root)
        if tree.isNull {
            report(.empty, "the file is empty; \(content)", 1, 1)
            return nil
        }
        return tree
    }

    /// Whether all characters are ones that YAML allows (1.1 §5.1); reports the first that isn't.
    private func holdsOnlyText(_ source: SourceText) -> Bool {
        let bad = source.scalars.firstIndex { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: false
            default: true
            }
        }
        guard let bad else { return true }
        let location = source.location(of: bad)
        let code = String(source.scalars[bad].value, radix: 16, uppercase: true)
        report(.syntax, "the character U+\(code) is not allowed in a YAML file; remove it", location.line, location.column)
        return false
    }

    /// Whether there are no aliases; reports the first. They must not reach Yams: a few lines of nested ones can expand to billions of values.
    private func holdsNoAlias(_ source: SourceText) -> Bool {
        var anchors: Set<String> = []
        for index in source.scalars.indices where source.scalars[index] == "&" { anchors.insert(word(after: index, in: source)) }
        anchors.remove("")
        guard !anchors.isEmpty else { return true }
        let alias = source.scalars.indices.first { source.scalars[$0] == "*" && anchors.contains(word(after: $0, in: source)) }
        guard let alias else { return true }
        let location = source.location(of: alias)
        let message =
            "anchors (&name) and aliases (*name) are not supported; write the value out, or share it in models: and segments: of the"
            + " workspace"
        report(.unsupportedYAML, message, location.line, location.column)
        return false
    }

    private func word(after index: Int, in source: SourceText) -> String {
        let letters = source.scalars[(index + 1)...].prefix { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
            default: false
            }
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: letters)
        return String(view)
    }

    private func report(_ code: ManifestIssueCode, _ message: String, _ line: Int, _ column: Int) {
        findings.report(code, message, at: SourcePosition(file: file, line: line, column: column))
    }

    /// The text before the first byte that is not UTF-8.
    private static func validStart(of bytes: [UInt8]) -> String {
        var view = String.UnicodeScalarView()
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { view.append(scalar) }
        return String(view)
    }
}
