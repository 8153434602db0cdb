import HooklineCore
import Support

/// `user0@example.com` and on, as rows from one country, or with labels between commas.
func users(_ numbers: some Sequence<Int>, _ country: String = "FR") -> [(String, String)] {
    numbers.map { ("user\($0)@example.com", country) }
}

/// The addresses of such users.
func addresses(_ numbers: some Sequence<Int>) -> [String] {
    numbers.map { "user\($0)@example.com" }
}

extension InMemorySource {
    /// Rows of (address, country), numbered from 1; empty texts are NULL.
    init(users: [(String, String)], breaksBefore: Int? = nil) {
        self.init(
            Scenario.columns,
            rows: users.enumerated().map { number, row in
                [.integer(Int64(number + 1)), row.0.isEmpty ? .null : .text(row.0), row.1.isEmpty ? .null : .text(row.1)]
            }, breaksBefore: breaksBefore)
    }
}
