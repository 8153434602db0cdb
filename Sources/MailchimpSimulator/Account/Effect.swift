/// What a call asked for and did, for the journal and the cost of the call.
struct Effect: Equatable, Sendable {
    var addressesToAdd = 0
    var addressesToRemove = 0
    var added = 0
    var removed = 0
    var contactsCreated = 0
    var contactsChanged = 0
    var itemsListed = 0
}
