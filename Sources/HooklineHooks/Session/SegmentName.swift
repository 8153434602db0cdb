import Lua

/// What a segment may be called: 1 to 100 bytes (Mailchimp, "Create segment"), on one line.
struct SegmentName {
    static let largest = 100

    let package: ScriptPackage
    let file: String

    /// The name that the hook returned, without the whitespace around it.
    func checked(_ value: LuaValue) throws(HookError) -> String {
        switch value {
        case .string(let text): return try checked(text)
        case .bytes: throw error(.badText, "name returns text that is not UTF-8")
        case .none: throw error(.badReturn, "name must return a string; it returned nil: is there a path without a return?")
        default: throw error(.badReturn, "name must return a string; it returned a \(value.typeName)")
        }
    }

    private func checked(_ text: String) throws(HookError) -> String {
        guard text.utf8.count <= 10 * Self.largest else {
            throw error(.badName, "name returns \(text.utf8.count) bytes; a segment's name has 1 to \(Self.largest)")
        }
        let name = String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        if name.isEmpty { throw error(.badName, "name returns nothing but whitespace; a segment's name has 1 to \(Self.largest) bytes") }
        if name.unicodeScalars.contains(where: {
            [.control, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
                || (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
        }) {
            throw error(.badName, "name returns a line break or another control character; a segment's name is one line of text")
        }
        guard name.utf8.count <= Self.largest else {
            throw error(.badName, "name returns \(name.utf8.count) bytes; a segment's name has 1 to \(Self.largest)")
        }
        return name
    }

    private func error(_ code: HookError.Code, _ text: String) -> HookError {
        HookMessage(package: package).error(code, text, file: file)
    }
}
