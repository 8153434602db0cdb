import HooklineCore

/// What came of the parts of a draft whose addresses were too many for memory.
struct DraftParts {
    /// Additions and removals, in a file.
    var adds: AddressFile
    var removes: AddressFile
    /// Removals of those who go apart, which are never in a file.
    var removesApart = AddressList()
    /// Those who wait or are refused and whom no row wants.
    var forgotten: [SubscriberHash] = []
    var membersBefore = 0
    /// How many members no row wants, without those in the draft's own departures.
    var leaving = 0
    /// How many depart, without those in the draft's own departures.
    var departures = 0
    /// Which of the draft's own departures a part had as members.
    var formerMembers: Set<SubscriberHash> = []

    /// No parts so far.
    init(in scratch: any Scratch) { (adds, removes) = (AddressFile(in: scratch), AddressFile(in: scratch)) }

    /// Adds to the plan of those in memory, whose departures are given, what came of the parts.
    func complete(_ plan: inout SegmentPlan, _ departures: [SubscriberHash]) {
        var others = plan.removes.rest
        others.append(removesApart)
        plan.adds = PlannedAddresses(adds, then: plan.adds.rest)
        plan.removes = PlannedAddresses(removes, then: others)
        plan.forgotten = (plan.forgotten + forgotten).sorted()
        plan.membersBefore += membersBefore
        plan.leaving += leaving + departures.count { formerMembers.contains($0) }
    }
}
