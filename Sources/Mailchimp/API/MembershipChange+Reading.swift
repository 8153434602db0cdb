/// Reads the answer to a membership call (Marketing API, `POST /lists/{list_id}/segments/{segment_id}`).
extension MembershipChange {
    /// Picks the addresses and the errors out of the answer's body, and skips the contacts it describes.
    ///
    /// Throws ``JSONScanner/Fault`` for anything that is not the whole of such an answer.
    static func read(_ body: [UInt8], scrubber: Scrubber) throws -> MembershipChange {
        try JSONScanner.scan(body) { scanner in
            var change = MembershipChange()
            var isMembershipAnswer = false
            try scanner.object { scanner, key in
                if key.matches("members_added") {
                    isMembershipAnswer = true
                    change.added += try addressesOfMembers(&scanner)
                } else if key.matches("members_removed") {
                    isMembershipAnswer = true
                    change.removed += try addressesOfMembers(&scanner)
                } else if key.matches("errors") {
                    try list(&scanner) { try change.take(ErrorEntry.read(&$0), scrubber: scrubber) }
                } else {
                    try scanner.skip()
                }
            }
            guard isMembershipAnswer else { throw JSONScanner.Fault.unexpected(at: 0) }
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

    private static func addressesOfMembers(_ scanner: inout JSONScanner) throws -> [String] {
        var addresses: [String] = []
        try list(&scanner) { scanner in
            var address: String?
            try scanner.object { scanner, key in
                if key.matches("email_address") { address = try scanner.string() } else { try scanner.skip() }
            }
            // A contact without an address could not be accounted for: better to ask again.
            guard let address else { throw JSONScanner.Fault.unexpected(at: 0) }
            addresses.append(address)
        }
        return addresses
    }

    /// An array, or `null` for an empty one.
    fileprivate static func list(_ scanner: inout JSONScanner, _ element: (inout JSONScanner) throws -> Void) throws {
        if scanner.isNext("[") { return try scanner.array(element) }
        guard scanner.isNext("n") else { throw JSONScanner.Fault.unexpected(at: 0) }
        try scanner.skip()
    }
}

/// One entry of `errors`: a sentence, and all the addresses that it is about.
private struct ErrorEntry {
    var text = ""
    var addresses: [String] = []

    /// The addresses stand in an array, `email_addresses`; a single one under `email_address` or `email` is understood too.
    static func read(_ scanner: inout JSONScanner) throws -> ErrorEntry {
        var entry = ErrorEntry()
        try scanner.object { scanner, key in
            if key.matches("error") || key.matches("message") {
                if scanner.isNext("\"") { entry.text = try scanner.string() } else { try scanner.skip() }
            } else if key.matches("email_addresses") || key.matches("email_address") || key.matches("email") {
                if scanner.isNext("\"") {
                    entry.addresses.append(try scanner.string())
                } else {
                    try MembershipChange.list(&scanner) { entry.addresses.append(try $0.string()) }
                }
            } else {
                try scanner.skip()
            }
        }
        return entry
    }
}
