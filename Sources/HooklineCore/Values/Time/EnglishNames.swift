/// Reads English names of months and weekdays, in full or by their first three letters, in any case.
enum EnglishNames {
    /// 1 to 12.
    static func month(_ cursor: inout ByteCursor) -> Int? { place(months, &cursor).map { $0 + 1 } }

    /// 0 for Monday to 6 for Sunday.
    static func weekday(_ cursor: inout ByteCursor) -> Int? { place(weekdays, &cursor) }

    /// The first three letters, and the rest of the name.
    private typealias Name = (short: StaticString, rest: StaticString)

    private static func place(_ names: [Name], _ cursor: inout ByteCursor) -> Int? {
        for (place, name) in names.enumerated() where cursor.skip(word: name.short) {
            _ = cursor.skip(word: name.rest)
            return place
        }
        return nil
    }

    private static let months: [Name] = [
        ("jan", "uary"), ("feb", "ruary"), ("mar", "ch"), ("apr", "il"), ("may", ""), ("jun", "e"), ("jul", "y"), ("aug", "ust"),
        ("sep", "tember"), ("oct", "ober"), ("nov", "ember"), ("dec", "ember"),
    ]

    private static let weekdays: [Name] = [
        ("mon", "day"), ("tue", "sday"), ("wed", "nesday"), ("thu", "rsday"), ("fri", "day"), ("sat", "urday"), ("sun", "day"),
    ]
}
