import HooklineCore

/// Makes IDs of runs: the time, so that they sort, and four random bytes, so that two of the same second differ.
package enum RunIdentifier {
    /// Such as `20260301-060000-9f3c21ab`.
    package static func make(at now: Int64) -> String {
        let text = Timestamp.text(now).filter { $0.isNumber }
        let random = String(UInt32.random(in: .min ... .max), radix: 16)
        return "\(text.prefix(8))-\(text.suffix(6))-" + String(repeating: "0", count: 8 - random.count) + random
    }
}
