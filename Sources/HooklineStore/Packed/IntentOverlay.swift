import GRDB
import HooklineCore

/// The open intents of a segment as readers see them: over the rows of `members`.
struct IntentOverlay {
    private let intents: [OpenIntent]

    /// - Throws: `DatabaseError`; `Damage`.
    init(_ database: Database, segment: Int64) throws {
        intents = try IntentEditor(database: database, segment: segment).all()
    }

    var isEmpty: Bool { intents.isEmpty }

    /// What an open intent says of a hash; nil if none is about it.
    func find(_ hash: SubscriberHash) -> (state: MemberState, address: String, run: Int64?)? {
        for intent in intents {
            if let found = intent.find(hash) { return (found.state, found.address, intent.run) }
        }
        return nil
    }

    /// Every hash with its state, in hash order.
    func states() -> [(hash: SubscriberHash, state: MemberState)] {
        let all = intents.flatMap { intent in
            intent.adds.hashes.map { ($0, MemberState.adding) } + intent.removes.hashes.map { ($0, MemberState.removing) }
        }
        return all.sorted { $0.0 < $1.0 }
    }
}
