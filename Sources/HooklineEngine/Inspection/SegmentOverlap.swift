import HooklineCore
import Mailchimp

/// The users of one set, for comparing it with others: 16 bytes of memory for each.
package struct SegmentUsers: Sendable {
    package let name: String
    /// In order, each once.
    let hashes: [SubscriberHash]
    /// Warnings about its rules.
    package let warnings: [RunWarning]

    /// Of a segment by its rules and consent.
    ///
    /// - Throws: what the pass throws.
    package init(_ name: String, _ pass: SegmentPass) throws {
        self.name = name
        var users = HashTable()
        let found = try pass.read { batch, _ in
            for row in 0..<batch.records.count where batch.selection[row] == 1 && batch.ownAddresses.readings[row] == .address {
                users.set(1, for: batch.ownAddresses.hashes[row])
            }
        }
        warnings = found.warnings
        hashes = Self.sorted(users) { found.refused.mark(of: $0) == 0 }
    }

    /// Of what the audience of a destination has in its static segment of a name: members of every status but archived.
    ///
    /// - Returns: nil if there is no such segment.
    /// - Throws: Mailchimp's errors.
    package init?(_ name: String, named segmentName: String, audience: String, _ client: MailchimpClient) async throws {
        let segments = try await client.segments(audience: audience)
        guard let segment = segments.first(where: { $0.kind == .fixed && SegmentName.collide($0.name, segmentName) }) else { return nil }
        self.name = name
        let members = try await client.memberList(
            audience: audience, segment: segment.id, expecting: segment.memberCount, isWhole: true)
        hashes = Self.sorted(HashTable(of: members.hashes)) { _ in true }
        warnings = []
    }

    private static func sorted(_ table: HashTable, where isWanted: (SubscriberHash) -> Bool) -> [SubscriberHash] {
        var hashes: [SubscriberHash] = []
        hashes.reserveCapacity(table.count)
        table.forEach { hash, _ in if isWanted(hash) { hashes.append(hash) } }
        hashes.sort()
        return hashes
    }
}

/// How sets of users overlap: an UpSet table.
package struct SegmentOverlap: Sendable {
    /// The most sets that can be compared at once.
    package static let setLimit = 64

    /// The users who are in exactly these sets.
    package struct Combination: Sendable, Equatable {
        /// A bit for each set, the lowest for the first.
        package let sets: UInt64
        package let users: Int

        /// Whether it contains the set of an index.
        package func contains(_ set: Int) -> Bool { sets & (1 << UInt64(set)) != 0 }
    }

    package let names: [String]
    /// The users of each set.
    package let sizes: [Int]
    /// Different users of all sets.
    package let total: Int
    /// The most users first.
    package let combinations: [Combination]

    /// Compares at most ``setLimit`` sets.
    package init(_ sets: [SegmentUsers]) {
        precondition(sets.count <= Self.setLimit)
        names = sets.map(\.name)
        sizes = sets.map(\.hashes.count)
        var positions = Array(repeating: 0, count: sets.count)
        var counts: [UInt64: Int] = [:]
        var total = 0
        while true {
            var least: SubscriberHash?
            for (index, set) in sets.enumerated() where positions[index] < set.hashes.count {
                let hash = set.hashes[positions[index]]
                if least.map({ hash < $0 }) ?? true { least = hash }
            }
            guard let least else { break }
            var bits: UInt64 = 0
            for (index, set) in sets.enumerated() where positions[index] < set.hashes.count && set.hashes[positions[index]] == least {
                bits |= 1 << UInt64(index)
                positions[index] += 1
            }
            counts[bits, default: 0] += 1
            total += 1
        }
        self.total = total
        combinations = counts.map { Combination(sets: $0.key, users: $0.value) }.sorted {
            if $0.users != $1.users { return $0.users > $1.users }
            if $0.sets.nonzeroBitCount != $1.sets.nonzeroBitCount { return $0.sets.nonzeroBitCount < $1.sets.nonzeroBitCount }
            return $0.sets < $1.sets
        }
    }

    /// The users who are in both sets.
    package func shared(_ first: Int, _ second: Int) -> Int {
        combinations.reduce(0) { $0 + ($1.contains(first) && $1.contains(second) ? $1.users : 0) }
    }
}
