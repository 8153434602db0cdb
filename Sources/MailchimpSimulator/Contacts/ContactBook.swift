/// The contacts of one audience; a million take about 60 MB.
///
/// Addresses are in one buffer, one after the other, as they were first spelled; everything else is in columns. A contact's
/// position never changes and identifies it. An open-addressing table finds contacts by identity; the table for hashes is built
/// at the first lookup by hash.
struct ContactBook: Sendable {
    private var addressBytes: [UInt8] = []
    private var addressStarts: [UInt32] = []
    private var addressLengths: [UInt8] = []
    private var statuses: [ContactStatus] = []
    private var createdSeconds: [UInt32] = []
    private var changedSeconds: [UInt32] = []
    private var slots: [UInt32] = Array(repeating: Slot.empty, count: 64)
    private var usedSlots = 0
    private var sets: [ContactSet] = Array(repeating: ContactSet(), count: ContactStatus.allCases.count)
    private var contactsByHash: [SubscriberHash: UInt32]?
    private var changeOrder: [UInt32]?

    private enum Slot {
        static let empty = UInt32.max
        static let abandoned = UInt32.max - 1
    }

    /// The number of contacts, including forgotten ones.
    var count: Int { statuses.count }

    func status(of contact: Int) -> ContactStatus { statuses[contact] }
    func created(_ contact: Int) -> SimulatedInstant { SimulatedInstant(seconds: Int64(createdSeconds[contact])) }
    func changed(_ contact: Int) -> SimulatedInstant { SimulatedInstant(seconds: Int64(changedSeconds[contact])) }
    func contacts(_ status: ContactStatus) -> ContactSet { sets[Int(status.rawValue)] }

    /// The contacts in any of the states.
    func contacts(_ statuses: some Sequence<ContactStatus>) -> ContactSet {
        statuses.reduce(ContactSet()) { $0.union(contacts($1)) }
    }

    /// The address as it was first spelled.
    func address(of contact: Int) -> ArraySlice<UInt8> {
        let start = Int(addressStarts[contact])
        return addressBytes[start..<start + Int(addressLengths[contact])]
    }

    func hash(of contact: Int) -> SubscriberHash {
        SubscriberHash(identity: EmailAddress.lowered(Array(address(of: contact))))
    }
}

extension ContactBook {
    /// Finds a contact, even a forgotten one, by any spelling of its address.
    func find(address: some Collection<UInt8>) -> Int? {
        find(identity: EmailAddress.identity(address))
    }

    mutating func find(hash: SubscriberHash) -> Int? {
        if contactsByHash == nil {
            var table: [SubscriberHash: UInt32] = [:]
            table.reserveCapacity(count)
            for contact in 0..<count { table[self.hash(of: contact)] = UInt32(clamping: contact) }
            contactsByHash = table
        }
        return contactsByHash?[hash].map(Int.init)
    }

    private func find(identity: [UInt8]) -> Int? {
        var slot = firstSlot(identity)
        while slots[slot] != Slot.empty {
            if slots[slot] != Slot.abandoned, isContact(Int(slots[slot]), identity) { return Int(slots[slot]) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func isContact(_ contact: Int, _ identity: [UInt8]) -> Bool {
        let length = Int(addressLengths[contact])
        let start = Int(addressStarts[contact])
        var mayDiffer = false
        if length == identity.count {
            for offset in 0..<length {
                let byte = addressBytes[start + offset]
                if byte == identity[offset] { continue }
                if byte >= 0x80 {
                    mayDiffer = true
                    break
                }
                if byte < UInt8(ascii: "A") || byte > UInt8(ascii: "Z") || byte + 0x20 != identity[offset] { return false }
            }
            if !mayDiffer { return true }
        } else if identity.allSatisfy({ $0 < 0x80 }) && address(of: contact).allSatisfy({ $0 < 0x80 }) {
            return false
        }
        return EmailAddress.lowered(Array(address(of: contact))) == identity
    }

    /// FNV-1a with 64 bits, and a final multiplication so that the low bits depend on all of it.
    private func firstSlot(_ identity: [UInt8]) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in identity { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        hash = (hash ^ hash >> 32) &* 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: hash >> 20) & (slots.count - 1)
    }
}

extension ContactBook {
    /// Adds a contact, or changes the state of the one with this address, which keeps its first spelling.
    ///
    /// The address must not be longer than ``EmailAddress/limit``.
    ///
    /// - Returns: the contact, and whether it is new.
    @discardableResult
    mutating func put(_ address: some Collection<UInt8>, status: ContactStatus, at seconds: UInt32) -> (contact: Int, isNew: Bool) {
        let spelling = EmailAddress.trimmed(address)
        let identity = EmailAddress.lowered(spelling)
        if let known = find(identity: identity) {
            set(known, to: status, at: seconds)
            return (known, false)
        }
        let contact = count
        keep(spelling)
        statuses.append(status)
        createdSeconds.append(seconds)
        changedSeconds.append(seconds)
        sets[Int(status.rawValue)].insert(contact)
        occupy(contact, identity)
        changeOrder = nil
        contactsByHash?[SubscriberHash(identity: identity)] = UInt32(clamping: contact)
        return (contact, true)
    }

    mutating func set(_ contact: Int, to status: ContactStatus, at seconds: UInt32) {
        sets[Int(statuses[contact].rawValue)].remove(contact)
        sets[Int(status.rawValue)].insert(contact)
        statuses[contact] = status
        touch(contact, at: seconds)
    }

    /// Gives a contact another address. Its hash changes, but it is still the same contact in the same segments.
    ///
    /// - Returns: false if the address belongs to another contact.
    mutating func move(_ contact: Int, to address: [UInt8], at seconds: UInt32) -> Bool {
        let spelling = EmailAddress.trimmed(address)
        let identity = EmailAddress.lowered(spelling)
        let owner = find(identity: identity)
        guard owner == nil || owner == contact else { return false }
        if owner == nil {
            abandon(contact)
            contactsByHash = nil
        }
        let start = UInt32(clamping: addressBytes.count)
        addressBytes.append(contentsOf: spelling)
        addressStarts[contact] = start
        addressLengths[contact] = UInt8(clamping: spelling.count)
        if owner == nil { occupy(contact, identity) }
        touch(contact, at: seconds)
        return true
    }

    /// Reserves memory for `more` further contacts.
    mutating func reserve(_ more: Int) {
        let total = count + more
        addressBytes.reserveCapacity(addressBytes.count + more * 24)
        addressStarts.reserveCapacity(total)
        addressLengths.reserveCapacity(total)
        statuses.reserveCapacity(total)
        createdSeconds.reserveCapacity(total)
        changedSeconds.reserveCapacity(total)
        if total * 2 > slots.count { rebuild(slotsFor: total) }
    }

    private mutating func touch(_ contact: Int, at seconds: UInt32) {
        changedSeconds[contact] = seconds
        changeOrder = nil
    }

    private mutating func keep(_ spelling: [UInt8]) {
        addressStarts.append(UInt32(clamping: addressBytes.count))
        addressLengths.append(UInt8(clamping: spelling.count))
        addressBytes.append(contentsOf: spelling)
    }

    private mutating func occupy(_ contact: Int, _ identity: [UInt8]) {
        if (usedSlots + 1) * 2 > slots.count {
            rebuild(slotsFor: count)
            if find(identity: identity) == contact { return }
        }
        var slot = firstSlot(identity)
        while slots[slot] != Slot.empty { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(clamping: contact)
        usedSlots += 1
    }

    private mutating func abandon(_ contact: Int) {
        guard let slot = slots.firstIndex(of: UInt32(clamping: contact)) else { return }
        slots[slot] = Slot.abandoned
    }

    private mutating func rebuild(slotsFor contacts: Int) {
        var size = 64
        while size < contacts * 4 { size *= 2 }
        slots = Array(repeating: Slot.empty, count: size)
        usedSlots = 0
        for contact in 0..<count {
            var slot = firstSlot(EmailAddress.lowered(Array(address(of: contact))))
            while slots[slot] != Slot.empty { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(clamping: contact)
            usedSlots += 1
        }
    }
}

extension ContactBook {
    /// All contacts in the order of their last change, then of their positions; the order is cached until something changes.
    mutating func orderedByChange() -> [UInt32] {
        if let changeOrder { return changeOrder }
        let seconds = changedSeconds
        let order = (0..<UInt32(clamping: count)).sorted {
            let (left, right) = (seconds[Int($0)], seconds[Int($1)])
            return left == right ? $0 < $1 : left < right
        }
        changeOrder = order
        return order
    }
}
