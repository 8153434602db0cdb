/// A test of a package: a sample, what there is before, and what must come of it. One entry of a file in `tests/`.
package struct ScriptTest: Sendable {
    /// Who exists in the audience.
    package enum Contacts: Equatable, Sendable {
        case all
        /// Normalised addresses.
        case these(Set<String>)
    }

    /// A parameter's value in a test.
    package struct Setting: Equatable, Sendable {
        package var name: String
        package var texts: [String]
        /// Whether it was written as a list.
        package var isList: Bool
        package var position: SourcePosition

        package init(name: String, texts: [String], isList: Bool, position: SourcePosition) {
            self.name = name
            self.texts = texts
            self.isList = isList
            self.position = position
        }
    }

    package var name: String
    /// Where it stands.
    package var position: SourcePosition
    /// The sample's file, relative to the package.
    package var sample: String
    /// Values of parameters, with the lines at which they stand.
    package var parameters: [Setting]
    /// The moment of the run, in Unix seconds.
    package var now: Int64
    /// What `math.random` starts from.
    package var seed: UInt64
    /// Who is in the segments before; under nil, in the segment itself.
    package var members: [String?: [String]]
    package var contacts: Contacts
    package var expectation: Expectation
    /// What stands for files of `lookups/`; the others are the package's own, whatever the workspace binds.
    package var lookups: [LookupOverride] = []

    package init(
        name: String, position: SourcePosition, sample: String, parameters: [Setting], now: Int64, seed: UInt64,
        members: [String?: [String]], contacts: Contacts, expectation: Expectation
    ) {
        self.name = name
        self.position = position
        self.sample = sample
        self.parameters = parameters
        self.now = now
        self.seed = seed
        self.members = members
        self.contacts = contacts
        self.expectation = expectation
    }

    /// What must come of a test; what is nil, nobody looks at.
    package struct Expectation: Equatable, Sendable {
        /// The segment's name at Mailchimp.
        package var name: String?
        /// The names of labels' segments.
        package var names: [String: String]?
        /// Addresses that enter, over all segments.
        package var added: [String]?
        package var removed: [String]?
        /// Addresses that are in the segment itself afterwards.
        package var members: [String]?
        /// Addresses that are in labels' segments afterwards.
        package var membersOf: [String: [String]]?
        /// Users whom filters drop, by reason: all reasons that there are.
        package var dropped: [String: Int]?
        /// Buckets of the report, by their names in its JSON.
        package var buckets: [String: Int]?
        /// Mapped fields of users, who are named by address or primary key.
        package var mapped: [String: [String: String]]?
        /// Users of each label.
        package var labels: [String: [String]]?
        /// Texts that log lines hold.
        package var log: [String]?
        /// Codes of all warnings.
        package var warnings: [String]?
        /// A text that the error holds, or `/a pattern/` that it matches.
        package var error: String?
        /// A text that the reason to stop holds, or a pattern.
        package var stopped: String?
        /// What the report hook says of a run that did what was planned: a text that it holds, or a pattern.
        package var report: String?
        /// Instructions that the most expensive user of any hook may take.
        package var instructionsPerUser: Int?
        /// Whether everything is held against what was recorded the last time.
        package var isSnapshot = false

        package init() {}
    }
}
