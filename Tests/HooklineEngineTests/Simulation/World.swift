import HooklineCore
import HooklineEngine
import Mailchimp
import MailchimpSimulator
import Support

/// The world of an episode: a source, an account in which others work too, a ledger, and a clock that jumps.
///
/// Everything follows from the seed.
struct World {
    let account: SimulatedTransport
    let clock = TestClock()
    let ledger = InMemoryLedger()
    let size: Int
    let hasLabels: Bool
    let deletesEmpty: Bool
    /// Whether pages of members may move while they are read.
    let hasUnstablePages: Bool
    /// How many addresses a run keeps in memory; nil for all of them.
    let threshold: Int?
    /// Addresses that make a whole batch fail.
    let refused: Set<String>
    /// Addresses whose removal makes a whole batch fail.
    let unremovable: Set<String>
    /// The ID of a saved segment that somebody has; nil if nobody has one.
    private(set) var saved: Int?
    var random: SeededGenerator
    /// The rows of the source: (address, labels).
    private(set) var rows: [(String, String)] = []
    /// What the activation calls its segment.
    private(set) var name = "VIP"
    /// Segments that others created, with their members.
    private(set) var foreign: [String: Set<String>] = [:]
    /// What has happened so far.
    var story: [String] = []

    init(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        threshold = seed.isMultiple(of: 3) ? Int(seed / 3 % 40) : nil
        size = Int.random(in: 0..<12, using: &random) == 0 ? 1_300 : Int.random(in: 12...50, using: &random)
        hasLabels = Int.random(in: 0..<4, using: &random) == 0
        deletesEmpty = Bool.random(using: &random)
        var options = SimulatorOptions()
        options.seed = seed
        options.behaviour.unknownHalf = Bool.random(using: &random) ? .refusesAll : .isIgnored
        options.behaviour.errorCount = Bool.random(using: &random) ? .messages : .addresses
        options.behaviour.memberCountLag = Bool.random(using: &random) ? .zero : .seconds(600)
        options.behaviour.unstablePages = Int.random(in: 0..<3, using: &random) == 0
        options.behaviour.plainRefusals = Bool.random(using: &random)
        options.behaviour.leavesOutUnsubscribed = Int.random(in: 0..<3, using: &random) == 0
        options.behaviour.savedNames = Bool.random(using: &random) ? .areApart : .areTaken
        hasUnstablePages = options.behaviour.unstablePages
        if Int.random(in: 0..<5, using: &random) < 2 {
            let size = size
            options.behaviour.refused = Set(
                (0..<Int.random(in: 1...3, using: &random)).map { _ in "user\(Int.random(in: 0..<size, using: &random))@example.com" })
        }
        refused = options.behaviour.refused
        if Int.random(in: 0..<5, using: &random) == 0 {
            options.behaviour.unremovable = ["user\(Int.random(in: 0..<size, using: &random))@example.com"]
        }
        unremovable = options.behaviour.unremovable
        // Where there are many, most are no contacts: more than one call holds.
        let strangers = size > 500 ? 7 : 1
        let contacts = (0..<size).filter { _ in Int.random(in: 0..<10, using: &random) >= strangers }
        options.contacts = .these(
            contacts.map { ("user\($0)@example.com", ContactStatus.subscribed) } + [("stranger@example.com", .subscribed)])
        let clock = clock
        account = try SimulatedTransport(options, now: { clock.now })
        account.setClock(ahead: [0, 0, 0, 3_600, 90_000, -3_600, -90_000].randomElement(using: &random) ?? 0)
        // One of the names that the activation takes for a while belongs to a saved segment, too.
        if Int.random(in: 0..<3, using: &random) == 0 { saved = account.makeSavedSegment("VIP \(Int.random(in: 1...3, using: &random))") }
        self.random = random
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    // MARK: What happens in it

    mutating func changeRows() {
        let labels = ["FR", "BE", "", "FR,BE"]
        let share = Int.random(in: 10...95, using: &random)
        rows = (0..<(size + size / 4)).compactMap { number in
            guard chance(share) else { return nil }
            return ("user\(number)@example.com", hasLabels ? labels.randomElement(using: &random) ?? "" : "FR")
        }
        if rows.isEmpty { rows = [("user0@example.com", "FR")] }
        rows.shuffle(using: &random)
        if chance(20) { rows.append(rows[0]) }
        if chance(20) { rows.append(("", "FR")) }
        name = chance(15) ? "VIP \(Int.random(in: 1...3, using: &random))" : name
    }

    mutating func changeContacts() {
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let number = Int.random(in: 0..<(size + size / 4), using: &random)
            let status = [ContactStatus.subscribed, .archived, .unsubscribed, .cleaned].randomElement(using: &random) ?? .subscribed
            let instant = SimulatedInstant(seconds: account.serverNow)
            try? account.withAccount { try $0.put("user\(number)@example.com", status, at: instant) }
        }
        story.append("contacts change")
    }

    mutating func jump() {
        let hours = [0, 0, 1, 3, 30, -1, -2].randomElement(using: &random) ?? 0
        let before = account.serverNow
        clock.advance(.seconds(hours * 3_600 + Int.random(in: 1...900, using: &random)))
        // Only ours goes back.
        if account.serverNow < before { account.setClock(ahead: before - clock.now) }
        if hours < 0 { story.append("the clock goes back by \(-hours) h") }
    }

    /// Somebody works in the account by hand.
    mutating func meddle(through client: MailchimpClient) async throws {
        let ours = try ledger.segments(of: "vip").compactMap(\.mailchimpID)
        let there = account.withAccount { $0.segmentViews.map(\.id) }
        guard let id = ours.filter(there.contains).randomElement(using: &random) else { return }
        switch Int.random(in: 0..<5, using: &random) {
        case 0, 1:
            let some = (0..<3).map { _ in "user\(Int.random(in: 0..<size, using: &random))@example.com" }
            let others = (0..<3).map { _ in "user\(Int.random(in: 0..<size, using: &random))@example.com" }.filter { !some.contains($0) }
            story.append("somebody edits the members of \(id)")
            if let batch = MemberBatch(add: some, remove: others) {
                _ = try? await client.changeMembers(audience: Scenario.audience, segment: id, batch: batch)
            }
        case 2:
            story.append("somebody renames \(id)")
            _ = try? await client.renameSegment(audience: Scenario.audience, id: id, name: "Mine \(id)")
        case 3:
            story.append("somebody deletes \(id)")
            try await client.deleteSegment(audience: Scenario.audience, id: id)
        default:
            let name = "VIP \(Int.random(in: 1...3, using: &random))"
            guard let made = try? await client.createSegment(audience: Scenario.audience, name: name) else { return }
            story.append("somebody creates '\(name)' (\(made.id))")
            let batch = MemberBatch(add: ["stranger@example.com"])
            if let batch { _ = try await client.changeMembers(audience: Scenario.audience, segment: made.id, batch: batch) }
            foreign[name] = ["stranger@example.com"]
        }
    }

    /// A last run that stopped because somebody has the name that it wants would be right, and is not what is looked at.
    mutating func takeFreeName() { name = "VIP" }

    // MARK: What is in it

    /// Whom the rows want in the segment of each label; the segment itself is under "".
    var wanted: [String: Set<String>] {
        var wanted: [String: Set<String>] = [:]
        var seen: Set<String> = []
        for (address, labels) in rows where !address.isEmpty && seen.insert(address).inserted {
            for label in hasLabels && !labels.isEmpty ? labels.split(separator: ",") : [""] {
                wanted[String(label), default: []].insert(address)
            }
        }
        return wanted
    }

    /// What the account was asked so far.
    var journal: Journal { account.withAccount { $0.journal } }

    func members(of name: String) -> Set<String> {
        account.withAccount { account in
            Set((account.segmentViews.first { $0.name == name && $0.type == "static" }?.members ?? []).map { $0.lowercased() })
        }
    }

    /// All users who can be added now.
    var addable: Set<String> { Set((0..<(size + size / 4)).map { "user\($0)@example.com" }.filter(isAddable)) }

    func isAddable(_ address: String) -> Bool {
        !refused.contains(address)
            && account.withAccount { account in
                [.subscribed, .pending, .transactional].contains { account.status(of: address) == $0 }
            }
    }
}
