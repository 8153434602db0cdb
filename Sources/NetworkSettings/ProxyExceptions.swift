/// The hosts of `NO_PROXY`: names that also stand for all names below, addresses, and `*` for all.
struct ProxyExceptions {
    private let entries: [(host: String, port: Int?, written: String)]

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
            return (host, port, String(entry))
        }
    }

    /// Whether the way to a host is direct.
    func hold(_ host: String, port: Int) -> Bool { entry(for: host, port: port) != nil }

    /// The entry that makes the way to a host direct, as it is written; nil if none does.
    func entry(for host: String, port: Int) -> String? {
        var host = host.lowercased()
        if host.hasPrefix("[") { host = String(host.dropFirst().dropLast()) }
        return entries.first { entry in
            if let wanted = entry.port, wanted != port { return false }
            return entry.host == "*" || host == entry.host || (!entry.host.isEmpty && host.hasSuffix("." + entry.host))
        }?.written
    }

    /// Whether a host is this machine, which no proxy can reach.
    static func isThisMachine(_ host: String) -> Bool {
        let name = host.lowercased()
        if ["localhost", "::1", "[::1]"].contains(name) || name.hasSuffix(".localhost") { return true }
        let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }
}
