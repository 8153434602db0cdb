/// Texts of a run, each once and in the order in which they came: what numbers of several machines come down to.
struct StringInterner {
    private(set) var texts: [String]
    private var numbers: [String: Int32] = [:]

    init(_ texts: [String] = []) {
        self.texts = []
        for text in texts { _ = number(of: text) }
    }

    /// How many texts it takes; further ones count under the last number.
    var limit = Int.max
    /// What further texts count under.
    var overflow = ""

    /// The text's number; a new one for a new text.
    mutating func number(of text: String) -> Int32 {
        if let known = numbers[text] { return known }
        if texts.count >= limit, text != overflow { return number(of: overflow) }
        let number = Int32(texts.count)
        texts.append(text)
        numbers[text] = number
        return number
    }
}
