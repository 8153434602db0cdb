import JSON

/// Reads the answer to a membership call (Marketing API, `POST /lists/{list_id}/segments/{segment_id}`).
///
/// The answer to 500 changes describes 500 contacts in some hundred thousand bytes, of which only the addresses matter: decoding all
/// of it costs ten times as much.
extension MembershipChange {
    /// What the scanner accepts: contacts may hold broken text, which must not hide what the call did. Answers nest about six levels deep.
    private static let policy = JSONScanner.Policy(depthLimit: 64, checksText: false)

    /// Picks the addresses and the errors out of the answer's body, and skips the contacts that it describes.
    ///
    /// - Throws: `JSONFault` for anything that is not the whole of such an answer.
    static func read(_ body: [UInt8], scrubber: Scrubber) throws(JSONFault) -> MembershipChange {
        try JSONScanner.scan(body, policy: policy) { scanner throws(JSONFault) in
            var change = MembershipChange()
            var isMembershipAnswer = false
            try scanner.beginObject()
            while let key = try scanner.nextKey() {
                if scanner.matches(key, "members_added") {
                    isMembershipAnswer = true
                    try readAddresses(&scanner, into: &change.added)
                } else if scanner.matches(key, "members_removed") {
                    isMembershipAnswer = true
                    try readAddresses(&scanner, into: &change.removed)
                } else if scanner.matches(key, "errors") {
                    guard try beginList(&scanner) else { continue }
                    while try scanner.nextElement() { change.take(try ErrorEntry.read(&scanner), scrubber: scrubber) }
                } else {
                    _ = try scanner.value()
                }
            }
            guard isMembershipAnswer else { throw JSONFault(.expected(.key), at: 0) }
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
            // A contact without an address could not be accounted for: better to ask again.
            guard let address else { throw JSONFault(.expected(.key), at: scanner.position) }
            addresses.append(address)
        }
    }

    /// Steps into an array; false for `null`, which stands for an empty one.
    fileprivate static func beginList(_ scanner: inout JSONScanner) throws(JSONFault) -> Bool {
        if scanner.nextKind() == .null {
            _ = try scanner.value()
            return false
        }
        try scanner.beginArray()
        return true
    }
}

/// One entry of `errors`: a sentence, and all the addresses that it is about.
private struct ErrorEntry {
    var text = ""
    var addresses: [String] = []

    /// The addresses stand in an array, `email_addresses`; a single one under `email_address` or `email` is understood too.
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
