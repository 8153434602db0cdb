import Foundation
import HooklineCore
import Text

/// The form of a text in a manifest.
struct TextFormat: Sendable {
    /// What messages say is allowed: `'x' takes …`.
    let allowed: String
    /// A regular expression for the whole text, which the JSON Schema uses too; nil when any text is allowed.
    let pattern: String?
    /// The only number allowed, for the JSON Schema; nil for any other format.
    let constant: Int?
    let code: ManifestIssueCode
    /// What is wrong with a text that matches the pattern.
    private let mistake: @Sendable (String) -> String?
    private let expression: NSRegularExpression?

    init(
        _ allowed: String, pattern: String? = nil, constant: Int? = nil, code: ManifestIssueCode = .wrongValue,
        mistake: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.allowed = allowed
        self.pattern = pattern
        self.constant = constant
        self.code = code
        self.mistake = mistake
        expression = pattern.flatMap { try? NSRegularExpression(pattern: "\\A(?:\($0))\\z") }
    }

    /// What is wrong with a text; nil when nothing is. `what` is the quoted key.
    func problem(with text: String, of what: String) -> String? {
        if let expression, expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) == nil {
            return "\(what) takes \(allowed), found \(text.isEmpty ? "an empty text" : quoted(text))"
        }
        return mistake(text)
    }
}

extension TextFormat {
    static let anything = TextFormat("a text")
    static let sentence = TextFormat("a text of 1 to 500 characters", pattern: "[\\s\\S]{1,500}")
    static let some = TextFormat("a text", pattern: "[\\s\\S]+")
    static let field = TextFormat("the name of a field", pattern: "[\\s\\S]+")
    static let expression = TextFormat("an SQL expression over the row's columns", pattern: "[\\s\\S]*\\S[\\s\\S]*")
    static let query = TextFormat("an SQL query", pattern: "[\\s\\S]*\\S[\\s\\S]*")
    static let path = TextFormat("a path", pattern: "[\\s\\S]+")

    /// The names of sources, destinations, models and segments.
    static let name = TextFormat(
        "1 to 64 letters, digits, '_', '-' and '.', not beginning with '-' or '.'", pattern: "[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}",
        code: .badName)
    static let activationName = TextFormat(
        "1 to 64 lowercase letters, digits and '-'", pattern: "[a-z0-9-]{1,64}", code: .badName)
    /// A Lua identifier, so that scripts can write `ctx.params.name`.
    static let parameterName = TextFormat(
        "1 to 64 letters, digits and '_', not beginning with a digit", pattern: "[A-Za-z_][A-Za-z0-9_]{0,63}", code: .badName)
    /// An SQL identifier, so that queries need no quotes around it.
    static let tableName = TextFormat(
        "1 to 64 letters, digits and '_', not beginning with a digit", pattern: "[A-Za-z_][A-Za-z0-9_]{0,63}", code: .badName)
    /// A setting of a driver, which cannot end its name or begin another.
    static let optionName = TextFormat(
        "1 to 64 letters, digits, '_', '-', '.' and spaces, not beginning or ending with a space",
        pattern: "[A-Za-z0-9_.-]([A-Za-z0-9_. -]{0,62}[A-Za-z0-9_.-])?", code: .badName)
    static let segmentName = TextFormat("one line of 1 to \(SegmentNameRule.byteLimit) bytes", pattern: "[^\\r\\n]+") { name in
        SegmentNameRule.problem(with: SegmentNameRule.trimmed(name)).map { "the name of the segment \($0.message)" }
    }

    static let formatVersion = TextFormat("1", constant: 1, code: .unsupportedVersion) { text in
        text == "1"
            ? nil : "this Hookline reads version 1 of the format, found \(quoted(text)); upgrade Hookline, or write hookline: 1"
    }
    static let version = TextFormat(
        "a version such as 1.0.0 (semver.org)",
        pattern: "(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?", code: .badVersion)

    static let requirement = TextFormat("hookline >= and a version, such as hookline >= 0.1.0", code: .badVersion) { text in
        Requirement(text) == nil ? "'requires' takes hookline >= and a version, such as hookline >= 0.1.0, found \(quoted(text))" : nil
    }
    static let bound = TextFormat(
        "a number such as 10 or 0.5, or a date such as 2026-03-01", pattern: "-?[0-9]+(\\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}")

    static let cron = TextFormat("a cron line such as 0 6 * * *", code: .badSchedule) { line in
        do throws(CronExpression.Mistake) {
            _ = try CronExpression(line)
            return nil
        } catch {
            return error.message
        }
    }
    static let interval = TextFormat(
        "an interval of at least 1m in minutes, hours or days, such as 15m, 1h or 2d", pattern: "[1-9][0-9]{0,4}[mhd]", code: .badSchedule
    )
    static let timeOfDay = TextFormat(
        "a time from 00:00 to 23:59 in quotes, such as \"09:00\"", pattern: "([01][0-9]|2[0-3]):[0-5][0-9]", code: .badSchedule)
    static let duration = TextFormat(
        "a time of at least 1m in minutes, hours or days, such as 30m, 2h or 7d", pattern: "[1-9][0-9]{0,4}[mhd]")
    static let days = TextFormat("a number of days, such as 1d or 7d", pattern: "[1-9][0-9]{0,3}d")
    static let timezone = TextFormat("an IANA time zone such as Europe/Paris or UTC", code: .badTimezone) { name in
        // Foundation also accepts abbreviations and offsets, which ignore daylight saving time and are unknown to other systems.
        let known = TimeZone.knownTimeZoneIdentifiers
        if name == "UTC" || known.contains(name) || (name.contains("/") && TimeZone(identifier: name) != nil) { return nil }
        return "\(quoted(name)) is not a time zone; use an IANA name such as Europe/Paris, or UTC"
            + NearestName.hint(name, among: known + ["UTC"])
    }

    static let statementTimeout = TextFormat(
        "1s to 24h, such as 90s, 10m or 2h", pattern: "[1-9][0-9]{0,5}(ms|s|m|h)"
    ) { text in
        (1_000...86_400_000).contains(Measure.timeLimit(text) ?? 0) ? nil : "'statement_timeout' takes 1s to 24h, found \(quoted(text))"
    }
    static let limit = TextFormat(
        "a number of users such as 500, or a share such as 20%", pattern: "[0-9]{1,9}|[0-9]{1,5}(\\.[0-9]{1,3})?%")
    static let memory = TextFormat("1MB to 4GB, such as 64MB (KB, MB or GB)", pattern: "[1-9][0-9]{0,9}(KB|MB|GB)") { text in
        (1 << 20...4 << 30).contains(Measure.bytes(text) ?? 0)
            ? nil : "'memory' takes 1MB to 4GB, found \(quoted(text))"
    }
    static let databaseMemory = TextFormat("64MB to 1024GB, such as 2GB (MB or GB)", pattern: "[1-9][0-9]{0,6}(MB|GB)") { text in
        (64 << 20...1 << 40).contains(Measure.bytes(text) ?? 0)
            ? nil : "'memory_limit' takes 64MB to 1024GB, found \(quoted(text))"
    }
    static let processorTime = TextFormat("1ms to 600s, such as 2s or 500ms", pattern: "[1-9][0-9]{0,5}(ms|s)") { text in
        (1...600_000).contains(Measure.milliseconds(text) ?? 0) ? nil : "'cpu' takes at most 600s, found \(quoted(text))"
    }

    static let state = TextFormat(
        "sqlite:PATH, such as sqlite:.hookline/ledger.db", pattern: "(sqlite:[\\s\\S]+|postgres(ql)?://[\\s\\S]+)")
    static let delimiter = TextFormat(
        "tab, or one ASCII character that is neither a quote nor a line ending", pattern: "[\\t !#-~]|\\\\t|tab")
    static let httpAddress = TextFormat(
        "an address such as http://127.0.0.1:8089/3.0", pattern: "https?://[A-Za-z0-9.\\[\\]:-]+(/[A-Za-z0-9._~/-]*)?")
    static let packageFile = TextFormat("the path of a file in the package", pattern: "[\\s\\S]+")
}
