/// A test of a package, which is one entry of a file in `tests/`: a sample, the segments before, and the expected result.
package struct ScriptTest: Sendable {
    /// The contacts of the audience.
    package enum Contacts: Equatable, Sendable {
        case all
        /// Only these normalized addresses.
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
    /// Where the file defines it.
    package var position: SourcePosition
    /// The path of the sample, relative to the package.
    package var sample: String
    package var parameters: [Setting]
    /// The start of the run, in Unix seconds.
    package var now: Int64
    /// Seeds `math.random`.
    package var seed: UInt64
    /// The addresses in each segment before the run, by label; under nil, in the segment without a label.
    package var members: [String?: [String]]
    package var contacts: Contacts
    package var expectation: Expectation
    /// Replacements for files in `lookups/`. All other files are the package's own, whatever the workspace binds.
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

    /// The expected result of a test; what is nil is not checked.
    package struct Expectation: Equatable, Sendable {
        /// The segment's name at Mailchimp.
        package var name: String?
        /// The names of the segments, by label.
        package var names: [String: String]?
        /// The addresses added, to any segment.
        package var added: [String]?
        /// The addresses removed, from any segment.
        package var removed: [String]?
        /// The addresses in the segment without a label afterwards.
        package var members: [String]?
        /// The addresses in each segment afterwards, by label.
        package var membersOf: [String: [String]]?
        /// How many users filters drop, for every reason.
        package var dropped: [String: Int]?
        /// Counts of the report's buckets, by their JSON names.
        package var buckets: [String: Int]?
        /// The mapped fields of users, by address or primary key.
        package var mapped: [String: [String: String]]?
        /// The users of each label, by address or primary key.
        package var labels: [String: [String]]?
        /// Texts that must appear in log lines.
        package var log: [String]?
        /// The codes of all warnings.
        package var warnings: [String]?
        /// A text in the error's message, or a `/pattern/` that it matches.
        package var error: String?
        /// A text in the reason to stop, or a `/pattern/` that it matches.
        package var stopped: String?
        /// A text in what the `report` hook says about a successful run, or a `/pattern/` that it matches.
        package var report: String?
        /// The most Lua instructions that any hook may use for a user.
        package var instructionsPerUser: Int?
        /// Whether the whole result is compared with the recorded snapshot.
        package var isSnapshot = false

        package init() {}
    }
}
