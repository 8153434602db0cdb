/// Guesses from names and values which columns are the address, the key, and the consent.
struct ColumnRoles: Sendable {
    /// The column of addresses.
    private(set) var email: String?
    /// The column that identifies rows.
    private(set) var key: String?
    /// The boolean column that says who agreed to get mail; nil unless its name is plain and no other column may say so, too.
    private(set) var consent: String?
    /// Without it, the columns whose names speak of consent or refusal.
    private(set) var consentLike: [String] = []

    init(_ columns: [ColumnDescription], rows: Int) {
        let named = columns.filter { column in column.name.map { name in columns.count { $0.name == name } == 1 } ?? false }
        let mails = named.filter { $0.addresses > 0 && $0.addresses * 2 > $0.values && $0.type == "text" }
        email = (mails.filter { $0.words.saysMail }.max { $0.addresses < $1.addresses } ?? mails.max { $0.addresses < $1.addresses })?.name
        let keys = named.filter { column in
            column.words.saysKey && rows > 0 && column.values == rows && !column.hasRepeats
                && ["text", "integer"].contains(column.type)
        }
        key = (keys.first { ["id", "uuid"].contains($0.name?.lowercased()) } ?? keys.first)?.name
        let speaking = named.filter(\.words.saysConsent)
        // A day of consent does not contradict it, but another yes or no may, and so may any trace of a refusal.
        let answers = speaking.filter { $0.type == "boolean" || $0.misfits?.type == "boolean" || $0.words.saysRefusal }
        if answers.count == 1, answers[0].type == "boolean", answers[0].misfits == nil, answers[0].words.plainlySaysConsent {
            consent = answers[0].name
        } else {
            consentLike = (answers.isEmpty ? speaking : answers).compactMap(\.name)
        }
    }
}

extension ColumnDescription {
    fileprivate var words: NameWords { NameWords(name ?? "") }
}
