/// What the simulated Mailchimp holds and how it behaves.
package struct SimulatorOptions: Sendable {
    /// Where the contacts of the audience come from.
    package enum Contacts: Sendable {
        /// So many contacts `user0000001@example.com`, … (``SeededContacts``).
        case seeded(Int, mix: SeededContacts.Mix = .allSubscribed)
        /// The contacts of a CSV file.
        case file(ContactsFile)
        /// These.
        case these([(address: String, status: ContactStatus)])
    }

    /// The key that the simulator accepts unless told otherwise. It belongs to nobody; the words in it say so.
    package static let defaultKey = "0badc0de0badc0de0badc0de0badc0de-us21"
    /// The OAuth access token that the simulator accepts unless told otherwise.
    package static let defaultToken = "feedfacefeedfacefeedfacefeedface"
    /// The audience that exists unless told otherwise.
    package static let defaultAudience = "a1b2c3d4e5"

    /// The seed of everything that looks random: contacts, faults, request ids.
    package var seed: UInt64 = 1
    /// The API key; what follows its last dash is the data centre.
    package var key = defaultKey
    /// The OAuth access token.
    package var token = defaultToken
    /// The audience with the contacts.
    package var audience = defaultAudience
    /// The name of the audience.
    package var audienceName = "Simulated audience"
    /// Further audiences, without contacts.
    package var otherAudiences: [String] = []
    /// Who is on the audience at the start.
    package var contacts: Contacts = .these([])
    /// Members of answers in their real size (about 3.4 KB, most of it links) instead of the short form with the same main keys.
    package var fullMembers = false
    /// What goes wrong, and how often.
    package var faults: [Fault] = []
    /// How long every answer takes.
    package var latency: Duration = .zero
    /// What calls cost on top, by their size; nil: nothing.
    package var costs: CostModel?
    /// How many requests the account serves at once; the next one gets 429.
    package var connectionLimit = 10
    /// Where Mailchimp's documentation is silent.
    package var behaviour = Behaviour()

    /// The data centre of the key.
    package var dataCentre: String { key.split(separator: "-").last.map(String.init) ?? "us1" }

    /// An account with one empty audience and no moods.
    package init() {}
}

extension SimulatorOptions {
    /// Choices where public material doesn't say what Mailchimp does; the defaults are the best guess.
    package struct Behaviour: Sendable {
        /// What a half of a segment batch does to the other when it names nobody on the audience.
        package enum UnknownHalf: Sendable {
            /// The whole request is refused.
            case refusesAll
            /// The other half goes through.
            case isIgnored
        }

        /// What an address that is none does in a segment batch.
        package enum MalformedAddress: Sendable {
            /// It is unknown like any other stranger.
            case isIgnored
            /// The whole request is refused.
            case refusesAll
        }

        /// What `error_count` counts.
        package enum ErrorCount: Sendable {
            /// The entries of `errors`.
            case messages
            /// The addresses in them.
            case addresses
        }

        /// What PATCH with a list in `static_segment` does.
        package enum Patch: Sendable {
            /// Adds to the segment.
            case unites
            /// Makes the segment exactly that.
            case replaces
        }

        /// The states in which a contact can be added to a segment.
        package var addable: Set<ContactStatus> = [.subscribed, .pending, .transactional]
        /// An all-unknown half of a batch.
        package var unknownHalf: UnknownHalf = .refusesAll
        /// A malformed address in a batch.
        package var malformedAddress: MalformedAddress = .isIgnored
        /// The meaning of `error_count`.
        package var errorCount: ErrorCount = .messages
        /// The meaning of a list in PATCH.
        package var patch: Patch = .unites
        /// The longest name of a segment, in bytes.
        package var longestName = 100
        /// How far `member_count` lags behind.
        package var memberCountLag: Duration = .zero
        /// Pages of segment members begin a few places too early or too late, each time anew.
        package var unstablePages = false
        /// A refusal for too many connections has no JSON body.
        package var plainRefusals = false

        /// The best guesses.
        package init() {}
    }
}
