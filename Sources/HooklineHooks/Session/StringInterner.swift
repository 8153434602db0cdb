/// The texts of a run, each once, in the order of their arrival: gives the texts of several workers common numbers.
struct StringInterner {
    private(set) var texts: [String]
    private var numbers: [String: Int32] = [:]

    init(_ texts: [String] = []) {
        self.texts = []
        for text in texts { _ = number(of: text) }
    }

    /// How many texts are kept; all later ones share the number of `overflow`.
    var limit = Int.max
    /// The text that stands for all those beyond the limit.
    var overflow = ""

    /// Whether no further text gets a number of its own.
    var isFull: Bool { texts.count >= limit }

    /// The text's number, which is new for a new text.
    mutating func number(of text: String) -> Int32 {
        if let known = numbers[text] { return known }
        if texts.count >= limit, text != overflow { return number(of: overflow) }
        let number = Int32(texts.count)
        texts.append(text)
        numbers[text] = number
        return number
    }
}

extension StringInterner {
    /// How many reasons a run keeps.
    static let mostReasons = 1_000
    /// How many a worker tells apart (`MAX_REASONS`).
    static let mostReasonsOfWorker = 4_000

    /// For reasons: a run keeps the same ones whatever its number of workers. The host's own reason comes first.
    static var reasons: StringInterner {
        var reasons = StringInterner(["script error"])
        reasons.limit = mostReasons
        reasons.overflow = "other reasons"
        return reasons
    }
}
