/// What may stand as the value of a key: the checker, the JSON Schema and the manual all read it here.
indirect enum Shape: Sendable {
    /// A text without references.
    case text(TextFormat)
    /// A text in which `${env:NAME}` and `${file:PATH}` are replaced.
    case resolved(TextFormat)
    /// A secret: one reference, whole.
    case secret(SecretKind)
    /// One of a few words; `meant` says which one people mean who come from elsewhere.
    case choice([String], ManifestIssueCode = .wrongValue, meant: [String: String] = [:])
    case integer(ClosedRange<Int>)
    case boolean
    /// The value of a parameter: one text, or a list of them.
    case parameterValue
    /// The value of a test in `where:`; its operator decides what it takes.
    case operand
    /// `where:`, read by `ConditionReader`.
    case condition
    /// A mapping with known keys.
    case table(KeyTable)
    /// A mapping whose `type` decides which keys it has.
    case typed([KeyTable])
    /// A mapping from names that the author chooses to things of one shape.
    case named(TextFormat, Shape)
    case list(Shape)
    /// One, or a list of them.
    case oneOrMany(Shape)
    /// A text that names a thing, or the thing itself.
    case either(Shape, or: Shape)

    enum SecretKind: Sendable {
        /// Secret by itself, such as an API key.
        case key
        /// An address, secret only where it holds a password.
        case address
    }
}

/// The keys of one kind of mapping.
struct KeyTable: Sendable {
    struct Key: Sendable {
        let name: String
        let shape: Shape
        let isRequired: Bool
        /// One sentence for the schema, which editors show.
        let summary: String
        /// What holds when the key is absent, as it would be written.
        let defaultValue: String?

        init(_ name: String, _ shape: Shape, _ summary: String, required: Bool = false, defaultValue: String? = nil) {
            self.name = name
            self.shape = shape
            self.summary = summary
            self.defaultValue = defaultValue
            isRequired = required
        }
    }

    /// What the mapping is, with its article, such as `a csv source`.
    let title: String
    /// The value of `type` that stands for this table, where `type` decides.
    let type: String?
    let keys: [Key]
    /// Sets of keys of which exactly one stands.
    let exactlyOne: [[String]]
    /// Sets of keys of which at most one stands.
    let atMostOne: [[String]]

    init(_ title: String, type: String? = nil, _ keys: [Key], exactlyOne: [[String]] = [], atMostOne: [[String]] = []) {
        self.title = title
        self.type = type
        self.keys = keys
        self.exactlyOne = exactlyOne
        self.atMostOne = atMostOne
    }
}
