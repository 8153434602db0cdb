/// Up to 500 additions and up to 500 removals: what one membership call can carry.
///
/// Mailchimp's limit applies to each list, so additions and removals share a call (Marketing API,
/// `POST /lists/{list_id}/segments/{segment_id}`). An address must not be in both halves: Mailchimp doesn't document which one wins.
package struct MemberBatch: Sendable, Equatable {
    /// The most addresses that one half may hold.
    package static let limit = 500

    /// One of the two lists of a batch.
    package enum Half: String, Sendable, Hashable, CaseIterable {
        case adds
        case removes
    }

    /// The addresses to add to the segment.
    package let add: [String]
    /// The addresses to remove from it.
    package let remove: [String]

    /// Creates a batch; nil when either half holds more than ``limit`` addresses.
    package init?(add: [String], remove: [String] = []) {
        guard add.count <= Self.limit, remove.count <= Self.limit else { return nil }
        self.add = add
        self.remove = remove
    }

    private init(checkedAdd add: [String], checkedRemove remove: [String]) {
        self.add = add
        self.remove = remove
    }

    /// Whether both halves are empty, so that no call is needed.
    package var isEmpty: Bool { add.isEmpty && remove.isEmpty }

    /// How many batches any number of changes fills: `max(⌈adds/limit⌉, ⌈removes/limit⌉)`.
    package static func count(adding adds: Int, removing removes: Int) -> Int { (max(adds, removes) + limit - 1) / limit }

    /// The batch without one half.
    package func without(_ half: Half) -> MemberBatch {
        switch half {
        case .adds: MemberBatch(checkedAdd: [], checkedRemove: remove)
        case .removes: MemberBatch(checkedAdd: add, checkedRemove: [])
        }
    }

    /// The halves that hold addresses.
    var halves: [Half] { Half.allCases.filter { !self[$0].isEmpty } }

    /// The addresses of one half.
    package subscript(half: Half) -> [String] {
        switch half {
        case .adds: add
        case .removes: remove
        }
    }
}
