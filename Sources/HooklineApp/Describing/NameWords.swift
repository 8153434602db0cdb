/// The words in a column's name, for guesses that its values leave open.
struct NameWords {
    let words: [String]
    private let name: String

    /// Splits a name into words: `isActive`, `is_active`, and `is-active` all become `is` and `active`.
    init(_ name: String) {
        var words: [String] = []
        var word = ""
        var wasLower = false
        for character in name {
            if !character.isLetter && !character.isNumber || (wasLower && character.isUppercase) {
                if !word.isEmpty { words.append(word.lowercased()) }
                word = ""
            }
            if character.isLetter || character.isNumber { word.append(character) }
            wasLower = character.isLowercase
        }
        if !word.isEmpty { words.append(word.lowercased()) }
        self.words = words
        self.name = words.joined()
    }

    /// Whether one of the name's words is in `list`.
    func has(_ known: Set<String>) -> Bool { words.contains { known.contains($0) } }

    /// Whether the name, without separators, contains one of the parts.
    func contains(_ parts: [String]) -> Bool { parts.contains { name.contains($0) } }

    var saysYesOrNo: Bool {
        ["is", "has", "can", "was"].contains(words.first) || saysConsent
            || has(["active", "enabled", "verified", "confirmed", "deleted", "blocked", "allowed", "flag", "bool", "unsubscribed"])
    }

    var saysTime: Bool {
        has([
            "at", "on", "date", "datetime", "time", "timestamp", "ts", "day", "created", "updated", "modified", "since", "until", "born",
            "birthday", "birthdate", "dob", "expires", "datum", "datetime", "geboren", "naissance", "nacimiento", "nascita",
        ])
    }

    /// Whether it suggests a key that identifies rows.
    var saysKey: Bool { has(["id", "uuid", "guid", "key", "pk", "number", "no", "nr"]) }

    var saysMail: Bool { contains(["mail"]) }

    /// Whether it is a typical word of a header, which rows rarely have.
    var isOfHeader: Bool {
        has([
            "id", "email", "mail", "name", "firstname", "lastname", "date", "phone", "country", "city", "created", "updated", "address",
            "total", "amount", "uuid",
        ]) || words == ["e", "mail"]
    }
}
