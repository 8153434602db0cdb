import HooklineCore
import Mailchimp
import MailchimpSimulator
import Support

/// What must hold after the runs of an episode, whatever happened before; and what did not.
struct Invariants {
    private(set) var complaints: [String] = []

    mutating func complain(_ what: String) { complaints.append(what) }

    /// After each run. `isClean` says whether nothing went wrong on its way; `calls` includes retries.
    mutating func check(_ report: RunReport, run: Int, in world: World, isClean: Bool, calls: Int, retries: Int) {
        if report.rows > 0, report.buckets.total != report.rows {
            complain("run \(run): the buckets hold \(report.buckets.total) of \(report.rows) rows")
        }
        guard isClean, report.outcome == .done else { return }
        // What the changes need, a look or two, and the pages of every segment's members, read twice where totals disagree.
        let batches = report.segments.reduce(0) {
            $0 + MemberBatch.count(adding: world.size * 2, removing: world.size * 2) + ($1.added + $1.removed > 0 ? 3 : 0)
        }
        let enough = 3 + report.segments.count * (4 + world.size / 400) + batches * 2
        if calls - retries > enough { complain("run \(run): \(calls) calls, where \(enough) are enough") }
        if retries > 0 { complain("run \(run): calls were retried in good weather") }
    }

    /// After each run: every number of members was seen, or is marked as believed.
    mutating func checkNumbers(_ report: RunReport, run: Int, _ shown: ShownMembers) {
        for segment in report.segments where segment.deleted != true && segment.believed != true {
            guard let seen = segment.seen else {
                // Nobody is in what is only going to be made.
                if !report.isOnlyPlanned { complain("run \(run): nobody saw the \(segment.members) members of '\(segment.name)'") }
                continue
            }
            let id = segment.replaces ?? segment.id ?? 0
            switch seen.by {
            case .count:
                if shown.counts[id]?.contains(seen.members) != true {
                    complain("run \(run): Mailchimp never counted \(seen.members) members in '\(segment.name)'")
                }
                let after = seen.members + segment.added - segment.removed
                if !report.isOnlyPlanned, segment.members != after {
                    complain("run \(run): \(segment.members) members in '\(segment.name)', where \(after) follow from Mailchimp's count")
                }
            case .read:
                if seen.members > shown.listed[id]?.count ?? 0 {
                    complain("run \(run): nobody read \(seen.members) members of '\(segment.name)'")
                }
            case .made: break
            }
        }
    }

    /// After a clean run: everybody who is wanted and can be is in their segments, and nobody else.
    mutating func checkMembers(in world: World) {
        let wanted = Dictionary(uniqueKeysWithValues: world.wanted.map { ($0.isEmpty ? world.name : "\(world.name) · \($0)", $1) })
        for view in world.account.withAccount({ $0.segmentViews }) where world.foreign[view.name] == nil && view.type == "static" {
            // Who is archived is out of sight for every call, and comes back with all tags.
            let there = Set(view.members.map { $0.lowercased() }).filter { address in
                world.account.withAccount { account in account.status(of: address) != .archived }
            }
            let wish = wanted[view.name] ?? []
            if let one = there.subtracting(wish).subtracting(world.unremovable).sorted().first {
                complain("\(one) is in '\(view.name)' and no row wants that")
            }
        }
        for (name, wish) in wanted {
            let missing = wish.subtracting(world.members(of: name)).filter { world.isAddable($0) }
            if let one = missing.sorted().first { complain("\(one) is missing in '\(name)'") }
        }
    }

    /// After two clean runs: who was a contact before them, and still is, does not wait.
    mutating func checkNewContacts(_ before: Set<String>, in world: World) throws {
        let wanted = world.wanted
        for segment in try world.ledger.segments(of: "vip") {
            for address in (wanted[segment.key.label ?? ""] ?? []).intersection(before).sorted() where world.isAddable(address) {
                if try world.ledger.entry(of: SubscriberHash(of: address), in: segment)?.state == .notAContact {
                    return complain("\(address) has been a contact for two clean runs, and still waits for '\(segment.name)'")
                }
            }
        }
    }

    /// After a second clean run over the same rows.
    mutating func checkIdle(_ report: RunReport, calls: Int, in world: World) {
        if report.segments.contains(where: { $0.added + $0.removed > 0 }) { complain("a run without changes changed something") }
        // A look, and at most one call to ask again for those who were no contacts; with labels a page of changed contacts, and a call for
        // each segment that waits for one of them. Pages that move make a look at the members seem due once more.
        let enough =
            2 + (world.hasLabels ? 1 + report.segments.count : 0) + (world.hasUnstablePages ? 2 * report.segments.count : 0)
        if calls > enough {
            complain(
                "a run without changes cost \(calls) calls: \(world.journal.calls), pages \(world.hasUnstablePages ? "unstable" : "stable")"
            )
        }
        if report.outcome == .partial { complain("somebody who is known to be refused was told as new") }
        let missing = world.wanted.values.reduce(into: Set<String>()) { $0.formUnion($1) }.intersection(world.refused)
        if !missing.isEmpty, report.refusals?.isEmpty != false { complain("a report is silent about refused addresses") }
    }

    /// At the end: what runs saw of others' edits, killed ones too, is in a report.
    mutating func checkTold(_ toTell: [RunWarning], in world: World) throws {
        let told = try world.ledger.history(of: "vip", limit: 1_000).flatMap(\.warnings)
        if let one = toTell.first(where: { !told.contains($0) }) { complain("nobody was told: \(one.message)") }
        for segment in try world.ledger.segments(of: "vip") where try !world.ledger.refusals(in: segment).allSatisfy(\.isTold) {
            complain("nobody was told whom Mailchimp refuses")
        }
    }

    /// At the end: contacts and others' segments are as they were.
    mutating func checkOthers(in world: World) throws {
        if world.journal.contactsCreatedThroughAPI + world.journal.contactsChangedThroughAPI > 0 {
            complain("contacts were created or changed")
        }
        for (name, members) in world.foreign where world.members(of: name) != members {
            complain("the members of somebody else's '\(name)' were changed")
        }
        let ours = try world.ledger.segments(of: "vip").filter { $0.mailchimpID != nil }.count
        let views = world.account.withAccount { $0.segmentViews }
        if let saved = world.saved, views.first(where: { $0.type == "saved" }).map({ $0.id == saved && $0.name.hasPrefix("VIP ") }) != true
        {
            complain("the saved segment \(saved) is gone or has another name")
        }
        let there = views.count { $0.type == "static" }
        if there != ours + world.foreign.count {
            complain("\(there) segments are there, of which \(ours) are ours and \(world.foreign.count) others'")
        }
    }
}
