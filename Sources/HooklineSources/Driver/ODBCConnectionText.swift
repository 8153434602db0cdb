import Foundation
import HooklineCore

/// The connection string of a source: `NAME=VALUE;…` (learn.microsoft.com/sql/odbc/reference/syntax/sqldriverconnect-function).
struct ODBCConnectionText {
    /// With the password; for the reader only.
    let text: HiddenText
    /// The settings that it has, in lower case.
    private let names: Set<String>

    /// - Throws: `sources.bad_connection` for a setting that is given twice, or that a connection string cannot hold.
    init(_ source: SourceConfiguration) throws {
        let settings = source.driver ?? DriverSettings()
        func fault(_ message: String) -> SourceError { SourceError(.badConnection, at: .init(source.name), message) }
        var given: [(name: String, value: String)] = []
        if let driver = settings.driver { given.append(("Driver", "{\(driver)}")) }
        if let name = settings.dsn { given.append(("DSN", name)) }
        if let user = settings.user { given.append(("UID", Self.quoted(user))) }
        if let password = settings.password { given.append(("PWD", Self.quoted(password.text))) }
        given += settings.options.map { ($0.name, Self.quoted($0.value)) }
        given += settings.secrets.map { ($0.name, Self.quoted($0.value.text)) }
        var seen: Set<String> = []
        if let twice = given.first(where: { !seen.insert($0.name.lowercased()).inserted }) {
            throw fault("the setting '\(twice.name)' is given twice; 'driver', 'dsn', 'user', and 'password' are Driver, DSN, UID, and PWD")
        }
        if (settings.driver ?? "").contains(where: { "{};".contains($0) }) || (settings.dsn ?? "").contains(where: { "{};[]".contains($0) })
        {
            throw fault("the name of its driver or data source has a brace, a bracket, or a semicolon, which ODBC does not allow")
        }
        var text = given.map { "\($0.name)=\($0.value);" }.joined()
        if let url = settings.url {
            text = url.text.hasSuffix(";") ? url.text : url.text + ";"
            seen = Set(Self.settings(in: url.text).map { $0.name.lowercased() })
            guard seen.contains("driver") || seen.contains("dsn") else {
                throw fault(
                    "its `url` has neither Driver= nor DSN=; it looks like Driver={NAME};Server=HOST;Database=NAME;UID=USER;PWD=PASSWORD")
            }
        }
        if text.contains("\0") || text.utf16.count > 16_000 {
            throw fault("its connection string has a NUL character or more than 16,000 characters, which ODBC does not take")
        }
        self.text = HiddenText(text)
        names = seen
    }

    /// What psqlodbc needs to give all of every value, row after row instead of all rows at once, and no value of another meaning.
    private static let psqlodbc = [
        ("UseDeclareFetch", "1"), ("Fetch", "10000"), ("BoolsAsChar", "0"), ("MaxVarcharSize", "8190"), ("MaxLongVarcharSize", "8190"),
        ("UnknownsAsLongVarchar", "1"), ("TextAsLongVarchar", "1"),
    ]

    /// The text with the settings for psqlodbc that it does not have yet.
    var forPsqlodbc: HiddenText {
        HiddenText(
            text.text + Self.psqlodbc.filter { !names.contains($0.0.lowercased()) }.map { "\($0.0)=\($0.1);" }.joined())
    }

    /// A value between braces where it needs them, with closing braces doubled.
    static func quoted(_ value: String) -> String {
        let isPlain = value.allSatisfy { $0.isLetter || $0.isNumber || "-_./:@\\".contains($0) }
        return isPlain && !value.isEmpty ? value : "{\(value.replacing("}", with: "}}"))}"
    }

    /// The settings of a connection string, without braces around their values.
    static func settings(in text: String) -> [(name: String, value: String)] {
        var (found, rest): ([(name: String, value: String)], Substring) = ([], text[...])
        while let equals = rest.firstIndex(of: "=") {
            let name = rest[..<equals].trimmingCharacters(in: .whitespaces.union(CharacterSet(charactersIn: ";")))
            rest = rest[rest.index(after: equals)...]
            var value = ""
            if rest.first == "{" {
                rest = rest.dropFirst()
                while let first = rest.popFirst() {
                    if first != "}" { value.append(first) } else if rest.first == "}" { value.append(rest.removeFirst()) } else { break }
                }
                rest = rest.drop { $0 != ";" }
            } else {
                value = String(rest.prefix { $0 != ";" })
                rest = rest.drop { $0 != ";" }
            }
            rest = rest.dropFirst()
            if !name.isEmpty { found.append((name, value)) }
        }
        return found
    }

    /// What a saved plan depends on: which rows are read as whom. Nothing of a password, also of one under a name that is not known here.
    static func identity(of source: SourceConfiguration) -> String {
        guard let settings = source.driver else { return "" }
        var shown = settings.options.map { ($0.name, $0.value) }
        if let url = settings.url {
            shown += Self.settings(in: url.text).filter { identifying.contains($0.name.lowercased()) }.map { ($0.name, $0.value) }
        }
        return
            ([settings.driver ?? "", settings.dsn ?? "", settings.user ?? "", settings.schema ?? ""]
            + shown.map { "\($0.0)=\($0.1)" }.sorted()).joined(separator: "\n")
    }

    static let identifying: Set<String> = [
        "driver", "dsn", "server", "servername", "host", "port", "database", "db", "schema", "uid", "user", "username", "catalog",
        "httppath",
        "role", "warehouse", "account", "email",
    ]
}
