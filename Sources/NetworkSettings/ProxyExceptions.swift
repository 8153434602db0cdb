/// The hosts of `NO_PROXY`: names that also stand for all names below, addresses, and `*` for all.
struct ProxyExceptions {
    private let entries: [(host: String, port: Int?)]

    init(_ text: String) {
        entries = text.split { $0 == "," || $0.isWhitespace }.map { entry in
            var (host, port) = (String(entry).lowercased(), Int?.none)
            if let colon = host.lastIndex(of: ":"), host.firstIndex(of: ":") == colon || host.hasPrefix("["),
                let number = Int(host[host.index(after: colon)...])
            {
                port = number
                host = String(host[..<colon])
            }
            if host.hasPrefix("[") { host = String(host.dropFirst().prefix { $0 != "]" }) }
            if host.hasPrefix("*.") { host.removeFirst(2) } else if host.hasPrefix(".") { host.removeFirst() }
            return (host, port)
        }
    }

    /// Whether the way to a host is direct.
    func hold(_ host: String, port: Int) -> Bool {
        var host = host.lowercased()
        if host.hasPrefix("[") { host = String(host.dropFirst().dropLast()) }
        return entries.contains { entry in
            if let wanted = entry.port, wanted != port { return false }
            return entry.host == "*" || host == entry.host || (!entry.host.isEmpty && host.hasSuffix("." + entry.host))
        }
    }

    /// Whether a host is this machine, which no proxy can reach.
    static func isThisMachine(_ host: String) -> Bool {
        let name = host.lowercased()
        if ["localhost", "::1", "[::1]"].contains(name) || name.hasSuffix(".localhost") { return true }
        let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }
}
