import Testing

@Suite("Imports")
struct ImportTests {
    /// The targets that import each module of another project, or of our C.
    private static let importers = [
        "ArgumentParser": ["hookline"], "AsyncHTTPClient": ["HooklinePackages", "Mailchimp", "NetworkSettings"], "CArchive": ["Archive"],
        "CCSV": ["HooklineSources"], "CCrypto": ["Cryptography"], "CLuaHost": ["Lua"], "CMD5": ["HooklineCore"],
        "CPostgreSQL": ["PostgreSQL"], "CADBC": ["HooklineSources"], "CODBC": ["HooklineSources"], "CReader": ["HooklineSources"],
        "CSubprocess": ["HooklineSources"], "CText": ["HooklineCore"],
        "CZlib": ["Archive"],
        "GRDB": ["HooklineSources", "HooklineStore"],
        "GRDBSQLite": ["HooklineSources", "HooklineStore"], "Mustache": ["HooklineConsole"],
        "NIOCore": ["HooklinePackages", "Mailchimp", "MailchimpSimulator"],
        "NIOHTTP1": ["HooklinePackages", "Mailchimp", "MailchimpSimulator"],
        "NIOHTTPCompression": ["Mailchimp"], "NIOPosix": ["Mailchimp", "MailchimpSimulator"],
        "NIOSSL": ["HooklinePackages", "Mailchimp", "NetworkSettings"], "UnixSignals": ["hookline"],
        "Yams": ["HooklineManifest"],
    ]

    /// Modules that any target may import, beside our own.
    private static let everywhere: Set = ["Darwin", "Dispatch", "Foundation", "Glibc", "Musl", "Synchronization", "SystemPackage"]

    /// The system's time zones, and a number with as many digits as asked for.
    private static let usesFoundation: Set = [
        "Sources/HooklineCore/Values/Time/ZoneOffsets.swift", "Sources/HooklineCore/Values/Number/PlainNumber.swift",
    ]

    @Test("of a module are in the targets that need it, and in no others", arguments: importers.keys.sorted())
    func imported(module: String) throws {
        let found = Set(try Self.sources().filter { $0.imports.contains(module) }.map(\.target))
        #expect(found.sorted() == Self.importers[module])
    }

    @Test("name no module that is not listed here")
    func listed() throws {
        let sources = try Self.sources()
        let known = Self.everywhere.union(Self.importers.keys).union(sources.map(\.target))
        for (path, _, imports) in sources {
            #expect(imports.subtracting(known).isEmpty, "\(path)")
        }
    }

    @Test("bring HooklineCore no files, no network and no threads")
    func core() throws {
        for (path, target, imports) in try Self.sources() where target == "HooklineCore" {
            let allowed =
                ["CMD5", "CText", "Cryptography", "Synchronization", "Text"] + (Self.usesFoundation.contains(path) ? ["Foundation"] : [])
            #expect(imports.subtracting(allowed).isEmpty, "\(path)")
        }
    }

    private static func sources() throws -> [(path: String, target: String, imports: Set<String>)] {
        try read.get()
    }

    private static let read = Result {
        try Repository.files(in: ["Sources"], extensions: ["swift"]).map { path in
            let modules = try Repository.text(path).split(separator: "\n").filter { $0.contains("import ") }.compactMap(module)
            return (path: path, target: String(path.split(separator: "/")[1]), imports: Set(modules))
        }
    }

    /// The module that a line imports; nil for any other line.
    private static func module(_ line: Substring) -> String? {
        // With an attribute, an access level or the kind of a single declaration.
        let statement = /[ \t]*(?:@\w+ +)?(?:\w+ +)?import +(?:(?:struct|class|enum|protocol|func|var|let|typealias) +)?(\w+).*/
        return line.wholeMatch(of: statement).map { String($0.1) }
    }
}
