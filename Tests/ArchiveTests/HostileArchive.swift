import CArchive

/// An archive that must be refused.
struct HostileArchive: Sendable, CustomStringConvertible {
    let name: String
    /// The code of the refusal, or the beginning of it.
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
            ("leads outside", "../evil.lua"), ("leads outside in the middle", "lib/../../evil.lua"), ("leads outside at the end", "lib/.."),
            ("is absolute", "/tmp/evil.lua"), ("is absolute with two slashes", "//tmp/evil.lua"), ("uses backslashes", "..\\evil.lua"),
            ("names a drive", "C:\\evil.lua"), ("names a drive without a backslash", "C:evil.lua"),
            ("begins with the folder itself", "./a.lua"),
            ("has an empty component", "lib//a.lua"), ("is hidden", ".ssh"), ("is in a hidden folder", "lib/.git/config"),
            ("has a space", "a b.lua"), ("has a line break", "a\nb.lua"), ("has an escape sequence", "a\u{1B}[2J.lua"),
            ("has a composed letter", "caf\u{E9}.lua"), ("has a letter and a combining accent", "cafe\u{301}.lua"),
            ("reverses the direction of text", "a\u{202E}aul.exe"), ("has a character without width", "a\u{200B}.lua"),
            ("has a full-width dot", "\u{FF0E}\u{FF0E}/a.lua"),
            ("is a device name", "nul"), ("is a device name with an extension", "lib/com1.lua"), ("ends with a dot", "a.lua."),
            ("has too many folders", "a/b/c/d/e/f/g/h/i/j.lua"), ("is empty", ""),
        ].map { one("a path that \($0.0)", "archive.bad_path", .init(name: $0.1)) } + [
            one("a path in two parts that leads outside", "archive.bad_path", .init(name: "evil.lua", prefix: "..")),
            one("a path in two parts that is absolute", "archive.bad_path", .init(name: "evil.lua", prefix: "/etc")),
            one("a path with the character for invalid UTF-8", "archive.bad_path", .init(name: "a\u{FFFD}.lua")),
            one("a path that ends with a slash", "archive.not_a_file", .init(name: "lib/")),
            one("a folder whose path ends with a slash", "archive.not_a_file", .init(name: "lib/", kind: "5")),
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
        one("an unknown kind", "archive.", .init(name: "a.lua", kind: "Z")),
        pair("the same path twice", "a.lua", "a.lua"), pair("two paths that differ in case", "a.lua", "A.lua"),
        pair("two folders that differ in case", "lib/a.lua", "LIB/b.lua"),
        pair("a file and a folder with the same name", "lib", "lib/a.lua"),
        pair("a folder and a file with the same name", "lib/a.lua", "lib"),
    ]

    private static func pair(_ name: String, _ first: String, _ second: String) -> HostileArchive {
        var tar = RawTar()
        tar.add(first)
        tar.add(second)
        return HostileArchive(name: name, code: "archive.duplicate", bytes: tar.closed)
    }

    private static let headers: [HostileArchive] = [
        one("a file that everyone may write", "archive.not_plain", .init(mode: "000666 \0")),
        one("a file that runs as its owner", "archive.not_plain", .init(mode: "004755 \0")),
        one("a file with an owner", "archive.not_plain", .init(owner: "001750 \0")),
        one("a file with a group", "archive.not_plain", .init(group: "001750 \0")),
        one("a file with a time", "archive.not_plain", .init(time: "14522414620 ")),
        one("a file in the old format", "archive.not_plain", .init(magic: "")),
        one("a wrong checksum", "archive.damaged", .init(checksum: "000000\0 ")),
        one("a negative size", "archive.", .init(size: "-0000000001 ")),
        one("a size that is not octal", "archive.", .init(size: "99999999999 ")),
        one("a device number on a plain file", "archive.not_plain", .init(device: "000007 \0")),
        extended("an extended header that renames", "path=../../evil.lua"), extended("an extended header that changes the size", "size=9"),
        extended("an extended header with a link", "linkpath=/etc/passwd"), extended("a comment", "comment=hello"),
        extended("a sparse file", "GNU.sparse.major=1\n25 GNU.sparse.minor=0\n30 GNU.sparse.realsize=99999"),
        long("a long GNU name", kind: "L"), long("a long GNU link", kind: "K"),
    ]

    /// A record is `length key=value` (POSIX.1-2001), and the length includes its own digits.
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
        one("a file that claims 8 GB", "archive.", .init(size: "77777777777 ")),
        one("a file that claims more than a disk holds, in base 256", "archive.", .init(size: "\u{7F}".replacingFirst(with: 0x80))),
        many("too many files", 1_100),
        HostileArchive(
            name: "too many bytes", code: "archive.too_big", bytes: [UInt8](repeating: 0, count: (32 << 20) + 1)),
    ]

    private static func many(_ name: String, _ count: Int) -> HostileArchive {
        var tar = RawTar()
        for number in 0..<count { tar.add("f\(number).lua", "") }
        return HostileArchive(name: name, code: "archive.too_big", bytes: tar.closed)
    }

    /// A valid archive, to be damaged.
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
        HostileArchive(name: "text", code: "archive.damaged", bytes: Array("not an archive\n".utf8)),
        HostileArchive(name: "an archive that ends inside a header", code: "archive.", bytes: Array(honest.prefix(700))),
        HostileArchive(name: "an archive that ends inside a file", code: "archive.", bytes: Array(honest.prefix(518))),
        HostileArchive(name: "an archive without its end", code: "archive.", bytes: Array(honest.dropLast(1_024))),
        HostileArchive(name: "an archive with half of its end", code: "archive.not_plain", bytes: Array(honest.dropLast(512))),
        HostileArchive(name: "an archive with a second one after its end", code: "archive.not_plain", bytes: honest + honest),
        HostileArchive(name: "an archive with a byte after its end", code: "archive.not_plain", bytes: honest + [1]),
        HostileArchive(name: "an archive with a byte in a gap", code: "archive.not_plain", bytes: honest.replacing(at: 600, with: 0x41)),
    ]

    private static let otherFormats: [HostileArchive] = [
        made(
            "a valid archive with gzip", "archive.damaged", { archive_write_add_filter_gzip($0) }, { archive_write_set_format_ustar($0) }),
        made(
            "a valid archive with bzip2", "archive.damaged", { archive_write_add_filter_bzip2($0) },
            { archive_write_set_format_ustar($0) }),
        made("a valid archive with xz", "archive.damaged", { archive_write_add_filter_xz($0) }, { archive_write_set_format_ustar($0) }),
        made("a zip", "archive.damaged", { archive_write_add_filter_none($0) }, { archive_write_set_format_zip($0) }),
        made("a cpio", "archive.damaged", { archive_write_add_filter_none($0) }, { archive_write_set_format_cpio($0) }),
        made("an ar", "archive.damaged", { archive_write_add_filter_none($0) }, { archive_write_set_format_ar_bsd($0) }),
        made("a GNU tar archive", "archive.not_plain", { archive_write_add_filter_none($0) }, { archive_write_set_format_gnutar($0) }),
        made(
            "a tar archive of Unix V7", "archive.not_plain", { archive_write_add_filter_none($0) }, { archive_write_set_format_v7tar($0) }),
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
    /// A size in GNU's base 256, with its first bit set. UTF-8 puts another byte before it, which is close enough.
    fileprivate func replacingFirst(with byte: UInt8) -> String { "\u{80}" + String(repeating: "\u{7F}", count: 10) }
}
