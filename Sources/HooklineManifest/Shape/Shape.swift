/// What a key takes as its value: the one source of the checks, the JSON Schema and the reference page.
indirect enum Shape: Sendable {
    /// A text without references.
    case text(TextFormat)
    /// A text in which `${env:NAME}` and `${file:PATH}` are resolved.
    case resolved(TextFormat)
    /// A secret: exactly one reference.
    case secret(SecretKind)
    /// One of a few words; `meant` maps the words of other tools to them, for suggestions.
    case choice([String], ManifestIssueCode = .wrongValue, meant: [String: String] = [:])
    case integer(ClosedRange<Int>)
    case boolean
    /// The value of a parameter: one text, or a list of them.
    case parameterValue
    /// The value of a test in `where:`, whose form depends on the operator.
    case operand
    /// `where:`, read by `ConditionReader`.
    case condition
    /// A mapping with known keys.
    case table(KeyTable)
    /// A mapping whose keys depend on its `type`.
    case typed([KeyTable])
    /// A mapping from names of the author's choice to values of one shape.
    case named(TextFormat, Shape)
    case list(Shape)
    /// One value, or a list of them.
    case oneOrMany(Shape)
    /// The name of a thing, or the thing itself.
    case either(Shape, or: Shape)

    enum SecretKind: Sendable {
        /// Always secret, such as an API key.
        case key
        /// An address, which is secret only if it contains a password.
        case address
        /// A password of a database, which is never written out.
        case password
        /// An address of a database, in which no password is written out.
        case server
    }
}

/// The keys of one kind of mapping.
struct KeyTable: Sendable {
    struct Key: Sendable {
        let name: String
        let shape: Shape
        let isRequired: Bool
        /// One sentence for the JSON Schema, which editors show.
        let summary: String
        /// The value in force when the key is absent, as it would be written.
        let defaultValue: String?
        /// Why the key has no effect in this build; nil when it has one.
        let inert: String?

        init(
            _ name: String, _ shape: Shape, _ summary: String, required: Bool = false, defaultValue: String? = nil, inert: String? = nil
        ) {
            self.name = name
            self.shape = shape
            self.summary = summary
            self.defaultValue = defaultValue
            self.inert = inert
            isRequired = required
        }
    }

    /// What messages call the mapping, with its article: `a csv source`.
    let title: String
    /// The value of `type` that selects this table; nil when there is no `type`.
    let type: String?
    let keys: [Key]
    /// Sets of keys of which exactly one must be present.
    let exactlyOne: [[String]]
    /// Sets of keys of which at most one may be present.
    let atMostOne: [[String]]

    init(_ title: String, type: String? = nil, _ keys: [Key], exactlyOne: [[String]] = [], atMostOne: [[String]] = []) {
        self.title = title
        self.type = type
        self.keys = keys
        self.exactlyOne = exactlyOne
        self.atMostOne = atMostOne
    }
}
