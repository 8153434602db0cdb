/// The names of Mailchimp's data centers: `us21` and the like.
enum DataCenter {
    /// Whether the name may become part of a host name: only lowercase letters and digits.
    static func isValid(_ name: some StringProtocol) -> Bool {
        !name.isEmpty && name.utf8.count <= 16
            && name.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }
}
