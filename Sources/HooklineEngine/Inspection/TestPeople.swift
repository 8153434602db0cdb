import HooklineCore

/// People whom a test expects or gets: each once, however an international domain is spelled.
struct TestPeople {
    /// The first spelling of each, by the one in which addresses are compared.
    private var spellings: [String: String] = [:]

    init(_ addresses: [String] = []) { add(addresses) }

    mutating func add(_ addresses: [String]) {
        for address in addresses {
            let spelling = EmailAddress.normalized(address)
            let person = EmailAddress.compared(spelling)
            if spellings[person] == nil { spellings[person] = spelling }
        }
    }

    mutating func remove(_ addresses: [String]) {
        for address in addresses { spellings[EmailAddress.compared(address)] = nil }
    }

    /// The normalized addresses of those who are not among the others, sorted.
    func without(_ others: TestPeople) -> [String] {
        spellings.filter { others.spellings[$0.key] == nil }.values.sorted()
    }

    /// The normalized addresses, sorted.
    var addresses: [String] { spellings.values.sorted() }
}

extension RowFate {
    /// Whether the row is about a person, before or after the hooks, whose address is spelled as addresses are compared.
    func isOf(_ person: String) -> Bool {
        [address, original].contains { $0.map(EmailAddress.compared) == person }
    }
}
