import JSON

/// Reads the response to a membership call (Marketing API, `POST /lists/{list_id}/segments/{segment_id}`).
///
/// The response to 500 changes describes 500 contacts in several hundred thousand bytes, of which only the addresses matter. Decoding all
/// of it would cost ten times as much.
extension MembershipChange {
    /// Contacts may hold broken text, which must not hide what the call did. Responses nest about six levels deep.
    private static let policy = JSONScanner.Policy(depthLimit: 64, checksText: false)

    /// Picks the addresses and errors out of a response body and skips the rest of each contact.
    ///
    /// - Throws: `JSONFault` for anything but a complete membership response.
    static func read(_ body: [UInt8], scrubber: Scrubber) throws(JSONFault) -> MembershipChange {
        try JSONScanner.scan(body, policy: policy) { scanner throws(JSONFault) in
            var change = MembershipChange()
            var isMembershipResponse = false
            try scanner.beginObject()
            while let key = try scanner.nextKey() {
                if scanner.matches(key, "members_added") {
                    isMembershipResponse = true
                    try readAddresses(&scanner, into: &change.added)
                } else if scanner.matches(key, "members_removed") {
                    isMembershipResponse = true
                    try readAddresses(&scanner, into: &change.removed)
                } else if scanner.matches(key, "errors") {
                    guard try beginList(&scanner) else { continue }
                    while try scanner.nextElement() { change.take(try ErrorEntry.read(&scanner), scrubber: scrubber) }
                } else {
                    _ = try scanner.value()
                }
            }
            guard isMembershipResponse else { throw JSONFault(.expected(.key), at: 0) }
            return change
        }
    }

    private mutating func take(_ entry: ErrorEntry, scrubber: Scrubber) {
        let text = entry.text.lowercased()
        if entry.addresses.isEmpty {
            complaints.append(scrubber.scrub(entry.text))
        } else if text.contains("already exist") {
            alreadyMembers += entry.addresses
        } else if text.contains("do not exist") || text.contains("does not exist") {
            notMembers += entry.addresses
        } else {
            let message = scrubber.scrub(entry.text)
            rejected += entry.addresses.map { Rejection(address: $0, message: message) }
        }
    }

    private static func readAddresses(_ scanner: inout JSONScanner, into addresses: inout [String]) throws(JSONFault) {
        guard try beginList(&scanner) else { return }
        while try scanner.nextElement() {
            var address: String?
            try scanner.beginObject()
            while let key = try scanner.nextKey() {
                if scanner.matches(key, "email_address") { address = try scanner.text() } else { _ = try scanner.value() }
            }
            // Nobody could account for a contact without an address: better to retry.
            guard let address else { throw JSONFault(.expected(.key), at: scanner.position) }
            addresses.append(address)
        }
    }

    /// Steps into an array; false for `null`, which means an empty one.
    fileprivate static func beginList(_ scanner: inout JSONScanner) throws(JSONFault) -> Bool {
        if scanner.nextKind() == .null {
            _ = try scanner.value()
            return false
        }
        try scanner.beginArray()
        return true
    }
}

/// One entry of `errors`: a sentence and the addresses that it concerns.
private struct ErrorEntry {
    var text = ""
    var addresses: [String] = []

    /// Reads an entry. The addresses are in an array, `email_addresses`; a single one under `email_address` or `email` counts too.
    static func read(_ scanner: inout JSONScanner) throws(JSONFault) -> ErrorEntry {
        var entry = ErrorEntry()
        try scanner.beginObject()
        while let key = try scanner.nextKey() {
            if scanner.matches(key, "error") || scanner.matches(key, "message") {
                if scanner.nextKind() == .string { entry.text = try scanner.text() } else { _ = try scanner.value() }
            } else if scanner.matches(key, "email_addresses") || scanner.matches(key, "email_address") || scanner.matches(key, "email") {
                if scanner.nextKind() == .string {
                    entry.addresses.append(try scanner.text())
                } else if try MembershipChange.beginList(&scanner) {
                    while try scanner.nextElement() { entry.addresses.append(try scanner.text()) }
                }
            } else {
                _ = try scanner.value()
            }
        }
        return entry
    }
}
