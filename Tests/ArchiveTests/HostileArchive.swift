import CArchive

/// An archive that must be refused.
struct HostileArchive: Sendable, CustomStringConvertible {
    let name: String
    /// What the refusal is about.
    let code: String
    let bytes: [UInt8]

    var description: String { name }

    static let all: [HostileArchive] = paths + kinds + headers + bombs + damage + otherFormats

    private static func one(_ name: String, _ code: String, _ header: RawTar.Header, _ content: [UInt8] = []) -> HostileArchive {
        var tar = RawTar()
        tar.add("activation.yaml", "hookline: 1\n")
        tar.add(header, content)
        return HostileArchive(name: name, code: code, bytes: tar.closed)
    }

    private static let paths: [HostileArchive] =
        [
            ("climbs", "../evil.lua"), ("climbs in the middle", "lib/../../evil.lua"), ("climbs at the end", "lib/.."),
            ("is absolute", "/tmp/evil.lua"), ("is absolute, twice", "//tmp/evil.lua"), ("uses backslashes", "..\\evil.lua"),
            ("names a drive", "C:\\evil.lua"), ("names a drive without a backslash", "C:evil.lua"),
            ("begins with the folder itself", "./a.lua"),
            ("has an empty step", "lib//a.lua"), ("is hidden", ".ssh"), ("is hidden further down", "lib/.git/config"),
            ("has a space", "a b.lua"), ("has a line end", "a\nb.lua"), ("has an escape sequence", "a\u{1B}[2J.lua"),
            ("has a composed letter", "caf\u{E9}.lua"), ("has a letter and its accent", "cafe\u{301}.lua"),
            ("turns the direction of reading", "a\u{202E}aul.exe"), ("has no width", "a\u{200B}.lua"),
            ("has a full-width dot", "\u{FF0E}\u{FF0E}/a.lua"),
            ("is a device", "nul"), ("is a device with an ending", "lib/com1.lua"), ("ends in a dot", "a.lua."),
            ("is deep", "a/b/c/d/e/f/g/h/i/j.lua"), ("is empty", ""),
        ].map { one("a path that \($0.0)", "archive.bad_path", .init(name: $0.1)) } + [
            one("a path in two parts that climbs", "archive.bad_path", .init(name: "evil.lua", prefix: "..")),
            one("a path in two parts that is absolute", "archive.bad_path", .init(name: "evil.lua", prefix: "/etc")),
            one("a path of bytes that are no UTF-8", "archive.bad_path", .init(name: "a\u{FFFD}.lua")),
            one("a path that ends in a slash", "archive.not_a_file", .init(name: "lib/")),
            one("a path with the kind of a folder at its end", "archive.not_a_file", .init(name: "lib/", kind: "5")),
        ]

    private static let kinds: [HostileArchive] = [
        one("a symbolic link out of the folder", "archive.not_a_file", .init(name: "a.lua", kind: "2", link: "/etc/passwd")),
        one("a symbolic link inside", "archive.not_a_file", .init(name: "a.lua", kind: "2", link: "activation.yaml")),
        one("a hard link out of the folder", "archive.not_a_file", .init(name: "a.lua", kind: "1", link: "/etc/passwd")),
        one("a hard link inside", "archive.not_a_file", .init(name: "a.lua", kind: "1", link: "activation.yaml")),
        one("a character device", "archive.not_a_file", .init(name: "a.lua", kind: "3")),
        one("a block device", "archive.not_a_file", .init(name: "a.lua", kind: "4")),
        one("a folder", "archive.not_a_file", .init(name: "lib", kind: "5")),
        one("a pipe", "archive.not_a_file", .init(name: "a.lua", kind: "6")),
        one("a contiguous file", "archive.not_plain", .init(name: "a.lua", kind: "7")),
        one("a kind that nobody knows", "archive.", .init(name: "a.lua", kind: "Z")),
        pair("one path twice", "a.lua", "a.lua"), pair("two cases of one path", "a.lua", "A.lua"),
        pair("two cases of one folder", "lib/a.lua", "LIB/b.lua"), pair("a file and a folder of one name", "lib", "lib/a.lua"),
        pair("a folder and a file of one name", "lib/a.lua", "lib"),
    ]

    private static func pair(_ name: String, _ first: String, _ second: String) -> HostileArchive {
        var tar = RawTar()
        tar.add(first)
        tar.add(second)
        return HostileArchive(name: name, code: "archive.duplicate", bytes: tar.closed)
    }

    private static let headers: [HostileArchive] = [
        one("a file that others may write", "archive.not_plain", .init(mode: "000666 \0")),
        one("a file that runs as its owner", "archive.not_plain", .init(mode: "004755 \0")),
        one("a file of somebody", "archive.not_plain", .init(owner: "001750 \0")),
        one("a file of some group", "archive.not_plain", .init(group: "001750 \0")),
        one("a file with a time", "archive.not_plain", .init(time: "14522414620 ")),
        one("a file of the old format", "archive.not_plain", .init(magic: "")),
        one("a wrong checksum", "archive.damaged", .init(checksum: "000000\0 ")),
        one("a negative size", "archive.", .init(size: "-0000000001 ")),
        one("a size that is no number", "archive.", .init(size: "99999999999 ")),
        one("a device number on a plain file", "archive.not_plain", .init(device: "000007 \0")),
        extended("an extended header that renames", "path=../../evil.lua"), extended("an extended header that changes the size", "size=9"),
        extended("an extended header with a link", "linkpath=/etc/passwd"), extended("a comment", "comment=hello"),
        extended("a file with holes", "GNU.sparse.major=1\n25 GNU.sparse.minor=0\n30 GNU.sparse.realsize=99999"),
        long("a long name of GNU", kind: "L"), long("a long link of GNU", kind: "K"),
    ]

    /// POSIX.1-2001: `length key=value`, the length with itself.
    private static func extended(_ name: String, _ pair: String) -> HostileArchive {
        var tar = RawTar()
        tar.add("activation.yaml", "hookline: 1\n")
        let rest = " \(pair)\n".utf8.count
        let length = rest + (rest + 2 > 99 ? 3 : 2)
        tar.add(.init(name: "PaxHeader/a", kind: "x"), Array("\(length) \(pair)\n".utf8))
        tar.add("a.lua")
        return HostileArchive(name: name, code: "archive.", bytes: tar.closed)
    }

    private static func long(_ name: String, kind: Character) -> HostileArchive {
        var tar = RawTar()
        tar.add(.init(name: "././@LongLink", kind: kind), Array("../evil.lua\0".utf8))
        tar.add("a.lua")
        return HostileArchive(name: name, code: "archive.", bytes: tar.closed)
    }

    private static let bombs: [HostileArchive] = [
        one("a file that says it has 8 GB", "archive.", .init(size: "77777777777 ")),
        one("a file that says it has more than a disk, in base 256", "archive.", .init(size: "\u{7F}".replacingFirst(with: 0x80))),
        many("more files than a package may have", 1_100),
        HostileArchive(
            name: "more bytes than a package may have", code: "archive.too_big", bytes: [UInt8](repeating: 0, count: (32 << 20) + 1)),
    ]

    private static func many(_ name: String, _ count: Int) -> HostileArchive {
        var tar = RawTar()
        for number in 0..<count { tar.add("f\(number).lua", "") }
        return HostileArchive(name: name, code: "archive.too_big", bytes: tar.closed)
    }

    /// An honest archive, to be damaged.
    static let honest: [UInt8] = {
        var tar = RawTar()
        tar.add("activation.yaml", "hookline: 1\n")
        tar.add("hooks.lua")
        return tar.closed
    }()

    private static let damage: [HostileArchive] = [
        HostileArchive(name: "nothing", code: "archive.damaged", bytes: []),
        HostileArchive(name: "one byte", code: "archive.damaged", bytes: [0]),
        HostileArchive(name: "empty blocks only", code: "archive.", bytes: [UInt8](repeating: 0, count: 1_024)),
        HostileArchive(name: "noise", code: "archive.damaged", bytes: (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 7_919 >> 3) }),
        HostileArchive(name: "a text", code: "archive.damaged", bytes: Array("not an archive\n".utf8)),
        HostileArchive(name: "one that ends inside a header", code: "archive.", bytes: Array(honest.prefix(700))),
        HostileArchive(name: "one that ends inside a file", code: "archive.", bytes: Array(honest.prefix(518))),
        HostileArchive(name: "one without its end", code: "archive.", bytes: Array(honest.dropLast(1_024))),
        HostileArchive(name: "one with half of its end", code: "archive.not_plain", bytes: Array(honest.dropLast(512))),
        HostileArchive(name: "one with a second archive behind its end", code: "archive.not_plain", bytes: honest + honest),
        HostileArchive(name: "one with a byte behind its end", code: "archive.not_plain", bytes: honest + [1]),
        HostileArchive(name: "one with words in a gap", code: "archive.not_plain", bytes: honest.replacing(at: 600, with: 0x41)),
    ]

    private static let otherFormats: [HostileArchive] = [
        made(
            "a gzip of an honest archive", "archive.damaged", { archive_write_add_filter_gzip($0) }, { archive_write_set_format_ustar($0) }),
        made(
            "a bzip2 of an honest archive", "archive.damaged", { archive_write_add_filter_bzip2($0) },
            { archive_write_set_format_ustar($0) }),
        made("an xz of an honest archive", "archive.damaged", { archive_write_add_filter_xz($0) }, { archive_write_set_format_ustar($0) }),
        made("a zip", "archive.damaged", { archive_write_add_filter_none($0) }, { archive_write_set_format_zip($0) }),
        made("a cpio", "archive.damaged", { archive_write_add_filter_none($0) }, { archive_write_set_format_cpio($0) }),
        made("an ar", "archive.damaged", { archive_write_add_filter_none($0) }, { archive_write_set_format_ar_bsd($0) }),
        made("a tar of GNU", "archive.not_plain", { archive_write_add_filter_none($0) }, { archive_write_set_format_gnutar($0) }),
        made(
            "a tar of the seventh Unix", "archive.not_plain", { archive_write_add_filter_none($0) }, { archive_write_set_format_v7tar($0) }),
    ]

    private static func made(
        _ name: String, _ code: String, _ filter: (OpaquePointer) -> Int32, _ format: (OpaquePointer) -> Int32
    ) -> HostileArchive {
        guard let writer = archive_write_new() else { return HostileArchive(name: name, code: code, bytes: []) }
        defer { archive_write_free(writer) }
        _ = format(writer)
        _ = filter(writer)
        var used = 0
        let room = 1 << 16
        let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            archive_write_open_memory(writer, buffer.baseAddress, room, &used)
            let header = archive_entry_new()
            archive_entry_set_pathname(header, "activation.yaml")
            archive_entry_set_size(header, 4)
            archive_entry_set_filetype(header, 0o100_000)
            archive_entry_set_perm(header, 0o644)
            archive_entry_set_mtime(header, 0, 0)
            archive_write_header(writer, header)
            archive_write_data(writer, "a: 1", 4)
            archive_entry_free(header)
            archive_write_close(writer)
            count = used
        }
        return HostileArchive(name: name, code: code, bytes: bytes)
    }
}

extension [UInt8] {
    func replacing(at location: Int, with byte: UInt8) -> [UInt8] {
        var copy = self
        copy[location] = byte
        return copy
    }
}

extension String {
    /// The size field of a number beyond octal: its first bit set (GNU's base 256), which text cannot say; near enough.
    fileprivate func replacingFirst(with byte: UInt8) -> String { "\u{80}" + String(repeating: "\u{7F}", count: 10) }
}
