import Foundation
import HooklineCore
import HooklineEngine

/// How segments overlap: the shape of `segment overlap --json`.
package struct SegmentOverlapOutput: Encodable, Sendable {
    /// One set.
    package struct Set: Encodable, Sendable {
        package let name: String
        package let users: Int
        /// The users who are in no other set.
        package let only: Int
    }

    /// Two sets.
    package struct Pair: Encodable, Sendable {
        package let first, second: String
        /// The users who are in both.
        package let users: Int
        /// Their share of each, 0 to 1; nil for a set without users.
        package let shareOfFirst, shareOfSecond: Double?

        private enum CodingKeys: String, CodingKey {
            case first, second, users
            case shareOfFirst = "share_of_first"
            case shareOfSecond = "share_of_second"
        }
    }

    /// The users who are in exactly these sets.
    package struct Combination: Encodable, Sendable {
        package let sets: [String]
        package let users: Int
        /// Their share of all users, 0 to 1.
        package let share: Double
    }

    /// Different users of all sets.
    package let users: Int
    package let sets: [Set]
    package let pairs: [Pair]
    /// The most users first.
    package let combinations: [Combination]
    /// How many more combinations there are, and the users in them.
    package let otherCombinations, otherUsers: Int
    /// Segments that Mailchimp does not have.
    package let missing: [String]
    package let hooksSkipped: Bool
    package let warnings: [RunWarning]

    private enum CodingKeys: String, CodingKey {
        case users, sets, pairs, combinations, missing, warnings
        case otherCombinations = "other_combinations"
        case otherUsers = "other_users"
        case hooksSkipped = "hooks_skipped"
    }

    /// Combinations.
    package static let shownLimit = 1_000

    init(_ overlap: SegmentOverlap, missing: [String], hooksSkipped: Bool, warnings: [RunWarning]) {
        let (names, sizes) = (overlap.names, overlap.sizes)
        func share(_ users: Int, of all: Int) -> Double? { all == 0 ? nil : Double(users) / Double(all) }
        users = overlap.total
        sets = names.indices.map { index in
            Set(name: names[index], users: sizes[index], only: overlap.combinations.first { $0.sets == 1 << UInt64(index) }?.users ?? 0)
        }
        pairs = names.indices.flatMap { first in
            names.indices[(first + 1)...].map { second in
                let shared = overlap.shared(first, second)
                return Pair(
                    first: names[first], second: names[second], users: shared, shareOfFirst: share(shared, of: sizes[first]),
                    shareOfSecond: share(shared, of: sizes[second]))
            }
        }
        combinations = overlap.combinations.prefix(Self.shownLimit).map { combination in
            Combination(
                sets: names.indices.filter { combination.contains($0) }.map { names[$0] }, users: combination.users,
                share: share(combination.users, of: overlap.total) ?? 0)
        }
        let others = overlap.combinations.dropFirst(Self.shownLimit)
        (otherCombinations, otherUsers) = (others.count, others.reduce(0) { $0 + $1.users })
        (self.missing, self.hooksSkipped, self.warnings) = (missing, hooksSkipped, warnings)
    }
}

extension App {
    /// Compares segments by their users' addresses, without hooks.
    ///
    /// - Parameters:
    ///   - request: at least one name; each once.
    ///   - asksMailchimp: whether the segment that Mailchimp has of each name takes part, too.
    ///   - svg: a file to draw an UpSet plot into; nil for none.
    /// - Returns: what the sets share.
    /// - Throws: `usage`, `segment.cannot_write`; what finding the segments, reading their sources, and asking Mailchimp throw.
    package func overlap(_ request: SegmentRequest, asksMailchimp: Bool = false, svg: String? = nil) async throws -> SegmentOverlapOutput {
        let names = request.names
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw AppError(.usage, "'\(twice)' is named twice; name each segment once")
        }
        guard names.count * (asksMailchimp ? 2 : 1) <= SegmentOverlap.setLimit else {
            throw AppError(
                .usage, "at most \(SegmentOverlap.setLimit) sets can be compared, those at Mailchimp included; name fewer segments")
        }
        let workspace = try workspace()
        let subjects = try names.map { try segment($0, request, in: workspace) }
        var (sets, missing): ([SegmentUsers], [String]) = ([], [])
        for subject in subjects {
            sets.append(try SegmentUsers(subject.name, pass(subject, request)))
            guard asksMailchimp else { continue }
            let activation = subject.activation
            let destination = try destination(activation.destination.name, in: workspace)
            let there = try await withClient(for: destination, of: workspace) { client in
                try await SegmentUsers(
                    "\(subject.name) (Mailchimp)", named: activation.segmentName, audience: destination.audience, client)
            }
            if let there { sets.append(there) } else { missing.append(subject.name) }
        }
        let output = SegmentOverlapOutput(
            SegmentOverlap(sets), missing: missing, hooksSkipped: subjects.contains { !$0.activation.hooks.isEmpty },
            warnings: sets.flatMap(\.warnings))
        if let svg { try Self.write(UpSetPlot(overlap: output).svg, to: svg) }
        return output
    }

    private static func write(_ text: String, to path: String) throws(AppError) {
        guard let target = OutputFile.target(of: path) else {
            throw AppError(.cannotWritePlot, "\(path) is not a regular file; choose another with --svg")
        }
        do { try Data(text.utf8).write(to: URL(fileURLWithPath: target), options: .atomic) } catch {
            throw AppError(.cannotWritePlot, "the plot cannot be written to \(path): check that the folder exists and the disk has room")
        }
    }
}
