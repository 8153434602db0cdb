/// Writes tar archives byte by byte, so that tests can write what no proper tool does.
struct RawTar {
    private(set) var bytes: [UInt8] = []

    /// The fields of a ustar header (POSIX.1-1988); the defaults are what `TarWriter` writes.
    struct Header {
        var name: String = "a.lua"
        var mode = "000644 \0"
        var owner = "000000 \0"
        var group = "000000 \0"
        var size: String?
        var time = "00000000000 "
        var kind: Character = "0"
        var link = ""
        var magic = "ustar\u{0}00"
        var prefix = ""
        var device = "000000 \0"
        /// The checksum; nil for the correct one.
        var checksum: String?
    }

    /// Adds an entry, padded to a full block.
    mutating func add(_ header: Header, _ content: [UInt8] = [], filling: UInt8 = 0) {
        bytes += Self.block(header, content.count) + content
        bytes += [UInt8](repeating: filling, count: (512 - content.count % 512) % 512)
    }

    /// Adds a plain file.
    mutating func add(_ name: String, _ content: String = "return {}\n") { add(Header(name: name), Array(content.utf8)) }

    mutating func add(raw: [UInt8]) { bytes += raw }

    /// The archive, ended by two empty blocks.
    var closed: [UInt8] { bytes + [UInt8](repeating: 0, count: 1_024) }

    private static func block(_ header: Header, _ length: Int) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at location: Int, _ room: Int) {
            for (offset, byte) in text.utf8.prefix(room).enumerated() { block[location + offset] = byte }
        }
        let octal = String(length, radix: 8)
        put(header.name, at: 0, 100)
        put(header.mode, at: 100, 8)
        put(header.owner, at: 108, 8)
        put(header.group, at: 116, 8)
        put(header.size ?? String(repeating: "0", count: 11 - octal.count) + octal + " ", at: 124, 12)
        put(header.time, at: 136, 12)
        put("        ", at: 148, 8)
        put(String(header.kind), at: 156, 1)
        put(header.link, at: 157, 100)
        put(header.magic, at: 257, 8)
        put(header.device, at: 329, 8)
        put(header.device, at: 337, 8)
        put(header.prefix, at: 345, 155)
        let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
        put(header.checksum ?? String(repeating: "0", count: 6 - sum.count) + sum + "\0 ", at: 148, 8)
        return block
    }
}
