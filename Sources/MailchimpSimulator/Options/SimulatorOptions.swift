/// What the simulated Mailchimp holds and how it behaves.
package struct SimulatorOptions: Sendable {
    /// Where the contacts of the audience come from.
    package enum Contacts: Sendable {
        /// The given number of generated contacts, `user0000001@example.com` and so on (``SeededContacts``).
        case seeded(Int, mix: SeededContacts.Mix = .allSubscribed)
        /// The contacts of a CSV file.
        case file(ContactsFile)
        /// The given contacts.
        case these([(address: String, status: ContactStatus)])
    }

    /// The default API key. It belongs to nobody, as its words show.
    package static let defaultKey = "0badc0de0badc0de0badc0de0badc0de-us21"
    /// The default OAuth access token.
    package static let defaultToken = "feedfacefeedfacefeedfacefeedface"
    /// The ID of the default audience.
    package static let defaultAudience = "a1b2c3d4e5"

    /// The seed of everything that looks random: contacts, faults, request IDs.
    package var seed: UInt64 = 1
    /// The API key, which ends with a dash and the data center.
    package var key = defaultKey
    package var token = defaultToken
    /// The ID of the audience with the contacts.
    package var audience = defaultAudience
    package var audienceName = "Simulated audience"
    /// The IDs of further audiences, which have no contacts.
    package var otherAudiences: [String] = []
    /// The contacts of the audience at the start.
    package var contacts: Contacts = .these([])
    /// Whether members in answers have their real size (about 3.4 KB, mostly links), instead of a short form with the main keys.
    package var fullMembers = false
    /// The faults that hit calls by chance.
    package var faults: [Fault] = []
    /// The time that every call takes, before ``costs`` and faults.
    package var latency: Duration = .zero
    /// The time that calls take in addition, depending on their size; nil for none.
    package var costs: CostModel?
    /// The most requests that the account serves at once; the next one gets a 429.
    package var connectionLimit = 10
    /// What the account does where Mailchimp's documentation is silent.
    package var behaviour = Behaviour()

    /// The data center: the part of the key after its last dash, or `us1` for an empty key.
    package var dataCentre: String { key.split(separator: "-").last.map(String.init) ?? "us1" }

    /// An account with one empty audience, without faults or latency.
    package init() {}
}

extension SimulatorOptions {
    /// Choices for what public material does not say about Mailchimp; the defaults are the best guess.
    package struct Behaviour: Sendable {
        /// What happens if one half of a segment batch, additions or removals, names no contact at all.
        package enum UnknownHalf: Sendable {
            /// The whole request is refused.
            case refusesAll
            /// The other half takes effect.
            case isIgnored
        }

        /// What a malformed address does in a segment batch.
        package enum MalformedAddress: Sendable {
            /// It is ignored, like any unknown address.
            case isIgnored
            /// The whole request is refused.
            case refusesAll
        }

        /// What the `error_count` of a segment batch counts.
        package enum ErrorCount: Sendable {
            /// The entries of `errors`.
            case messages
            /// The addresses in these entries.
            case addresses
        }

        /// What PATCH does with the addresses in `static_segment`.
        package enum Patch: Sendable {
            /// Adds them to the segment.
            case unites
            /// Makes them the only members.
            case replaces
        }

        /// Whether a saved segment and a static one may have the same name.
        package enum SavedNames: Sendable {
            /// They may: names are unique among the segments of one kind.
            case areApart
            /// They may not: a static segment gets no name that a saved one has.
            case areTaken
        }

        /// The states in which a contact can be added to a segment.
        package var addable: Set<ContactStatus> = [.subscribed, .pending, .transactional]
        /// What a half of a batch without a single contact does.
        package var unknownHalf: UnknownHalf = .refusesAll
        /// What a malformed address in a batch does.
        package var malformedAddress: MalformedAddress = .isIgnored
        package var errorCount: ErrorCount = .messages
        /// What the name of a saved segment means for a static one.
        package var savedNames: SavedNames = .areApart
        /// What a list in PATCH does.
        package var patch: Patch = .unites
        /// The most bytes in the name of a segment.
        package var longestName = 100
        /// How long `member_count` lags behind changes.
        package var memberCountLag: Duration = .zero
        /// Whether `member_count` leaves out those who unsubscribed, although a client asks to include them.
        package var leavesOutUnsubscribed = false
        /// Whether pages of segment members begin a few places early or late, differently each time.
        package var unstablePages = false
        /// Whether a refusal for too many connections has no body.
        package var plainRefusals = false
        /// Addresses, in lowercase, with which a whole batch is refused: as additions, and as removals.
        package var refused: Set<String> = []
        package var unremovable: Set<String> = []
        /// Addresses, in lowercase, that are rejected as additions within an answer, and leave the others alone.
        package var rejected: Set<String> = []

        /// The best guesses.
        package init() {}
    }
}
