import HooklineCore
import HooklineManifest
import Text

/// The files of a new package for a person's own source: columns, address, and key as its rows have them.
struct SourcePackage {
    let name: String
    let destination: String
    let description: SourceDescription
    /// The query that the rows come from; nil for a table or a file.
    let sql: String?
    /// The words for NULL that the source already knows.
    let knownNulls: [String]

    /// Columns that the manifest types, at most: a person reads it.
    private static let columnsWritten = 200

    /// What a person still has to fill in or to look at, in the order of the manifest.
    var toDo: [String] {
        var toDo: [String] = []
        if let delimiter = description.delimiter {
            toDo.append("hookline.yaml: give the source '\(description.source)' delimiter: \(delimiter)")
        }
        if description.columns.contains(where: { $0.name == nil }) {
            toDo.append("columns: some names are missing or look like values, and are left out; the first line must name the columns")
        }
        if !missingNulls.isEmpty {
            toDo.append(
                "hookline.yaml: give the source '\(description.source)' null_values: [\(nulls)]; types of columns with these words wait in a comment until then"
            )
        }
        if description.columns.contains(where: { $0.type == nil }) {
            toDo.append("columns: some values read in two ways, day and month or decimal and thousands marks; the comments say which")
        }
        if roles.consent == nil {
            toDo.append("consent: \(whyNoConsent); name the column and the value that mean yes, or `hookline check` fails")
        }
        if roles.email == nil { toDo.append("mapping: no column holds email addresses; name the one that does") }
        if roles.key == nil { toDo.append("primary_key: no column tells rows apart for certain; name one if there is") }
        return toDo
    }

    /// What was guessed from names and values.
    var guesses: [String: String] {
        var guesses: [String: String] = [:]
        guesses["email"] = roles.email
        guesses["primary_key"] = roles.key
        guesses["consent"] = roles.consent
        return guesses
    }

    var files: [(path: String, text: String)] { [(WorkspaceLayout.manifest, manifest), ("README.md", readme)] }

    private var roles: ColumnRoles { description.roles }
    private var isKeyCertain: Bool { description.columns.first { $0.name == roles.key }?.distinct.exact ?? true }
    private var missingNulls: [String] { description.nullValues.filter { !knownNulls.contains($0) } }
    private var nulls: String { missingNulls.map(YAMLText.quoted).joined(separator: ", ") }

    private var manifest: String {
        let seen = description.whole ? "all \(description.rows) rows" : "the first \(description.rows) rows"
        return """
            hookline: 1
            name: \(name)
            version: 0.1.0
            description: Made from the source \(description.source). Say in one sentence who belongs.

            # What follows was guessed from the names and values of \(seen): look it over.
            source: \(description.source)
            model:
            \((modelLines + columnLines).map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n"))

            segment:
              name: \(title)
              # Who belongs; without rules, everybody who agreed to get mail. For example:
              # where: { field: FIELD, op: "=", value: VALUE }

            # Who agreed to get mail. An address that one row refuses stays out, whatever its other rows say.
            \(consentLines.joined(separator: "\n"))

            destination: \(destination)
            \(mappingLines.joined(separator: "\n"))
            safeguards: { max_removed: 20%, on_script_error: fail }

            """
    }

    private var title: String {
        YAMLText.quoted(name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " "))
    }

    private var modelLines: [String] {
        var lines: [String] = []
        if let sql {
            lines.append("sql: \(YAMLText.quoted(sql))")
        } else if let table = description.table {
            lines.append("table: \(YAMLText.quoted(table))")
        }
        if let key = roles.key {
            lines.append(
                "primary_key: \(YAMLText.quoted(key))   # a guess: no value comes up twice\(isKeyCertain ? "" : " as far as they were compared")"
            )
        } else {
            lines.append("# primary_key: COLUMN   # the column that tells rows apart, if there is one")
        }
        return lines
    }

    private var columnLines: [String] {
        let written = description.columns.filter { $0.type != "text" || $0.isCode || $0.misfits != nil || isRole($0) }
        let block = ColumnsBlock(Array(written.prefix(Self.columnsWritten)), nullValues: missingNulls).text(indent: "")
        let rest = written.count - Self.columnsWritten
        return block.split(separator: "\n").map(String.init)
            + (rest > 0 ? ["  # … \(rest) more: hookline describe \(description.source) --all"] : [])
    }

    private func isRole(_ column: ColumnDescription) -> Bool {
        column.name != nil && [roles.email, roles.key, roles.consent].contains(column.name)
    }

    /// Why no column was taken for the consent.
    private var whyNoConsent: String {
        let candidates = roles.consentLike.prefix(5).map { "'\($0.onOneLine.prefix(60))'" }.joined(separator: ", ")
        switch roles.consentLike.count {
        case 0: return "no column of true and false says who agreed to get mail"
        case 1: return "only you know whether \(candidates) says who agreed to get mail, or something else"
        case let count:
            return "\(NumberText.grouped(count)) columns speak of consent or refusal: \(candidates)\(count > 5 ? ", …" : "")"
        }
    }

    private var consentLines: [String] {
        if let consent = roles.consent {
            return [
                "consent: { field: \(YAMLText.quoted(consent)), op: \"=\", value: true }   # a guess from its name: make sure that it means that"
            ]
        }
        return [
            "# TODO: name the column that says so, and the value that means yes. hookline check fails until you do.",
            "# \(whyNoConsent.prefix(1).uppercased() + whyNoConsent.dropFirst()).",
            "consent: { field: TODO_CONSENT_COLUMN, op: \"=\", value: TODO }",
        ]
    }

    private var mappingLines: [String] {
        if let email = roles.email {
            return ["mapping: { email: \(YAMLText.quoted(email)) }   # a guess: its values are addresses"]
        }
        return [
            "# TODO: name the column that holds the email addresses. hookline check fails until you do.",
            "mapping: { email: TODO_EMAIL_COLUMN }",
        ]
    }

    private var readme: String {
        """
        # \(name)

        | command | does |
        |---|---|
        | `hookline describe \(description.source)` | says what the source holds |
        | `hookline check \(name) --data` | validates the activation, and reads all rows |
        | `hookline preview \(name)` | shows what becomes of each user |
        | `hookline plan \(name)` | shows what a run would do |
        | `hookline run \(name)` | makes the segment follow the source |

        """
    }
}
