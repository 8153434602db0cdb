import HooklineCore
import HooklineManifest
import Testing

@Suite("What manifests say of values")
struct ColumnTests {
    private func activation(_ more: String, workspace: String = MemoryFiles.goodWorkspace) throws -> Activation {
        try MemoryFiles(workspace: workspace, activation: MemoryFiles.goodActivation + more).activation().get()
    }

    @Test("is read with a column's type, or a mapping of it")
    func columns() throws {
        let model = try activation(
            """
            model:
              columns:
                a: number
                b: { type: decimal, decimal: ",", thousands: ".", strip: "€" }
                c: { type: timestamp, format: unix }
                d: { type: date, format: ["%d/%m/%Y", epoch_days] }
                e: { type: list, separator: "; " }
                f: { type: text, trim: false }
                g: { type: integer, thousands: " ", strip: [pcs, "#"] }

            """
        ).model
        #expect(model.columns.map(\.name) == ["a", "b", "c", "d", "e", "f", "g"])
        #expect(model.columns.map(\.type) == [.number, .decimal, .timestamp, .date, .list, .text, .integer])
        #expect(model.columns[0].format == ColumnFormat())
        #expect(model.columns[1].format.decimal == UInt8(ascii: ",") && model.columns[1].format.thousands == UInt8(ascii: "."))
        #expect(model.columns[1].format.strip == ["€"])
        #expect(model.columns[2].format.times == [.unix])
        #expect(model.columns[3].format.times == [.pattern("%d/%m/%Y"), .epochDays])
        #expect(model.columns[4].format.separator == "; ")
        #expect(model.columns[5].format.trims == false)
        #expect(model.columns[6].format.thousands == UInt8(ascii: " ") && model.columns[6].format.strip == ["pcs", "#"])
    }

    @Test("of a package's field holds for its samples; the workspace may say otherwise of its own column")
    func fields() throws {
        let activation = try activation(
            "fields: { spent: { type: decimal, decimal: ',', strip: € }, at: { type: timestamp, format: unix }, email: text }\n",
            workspace: MemoryFiles.goodWorkspace
                + "activations: { vip-customers: { bind: { fields: { spent: { column: total, thousands: '.' }, at: bought, email: { trim: false } } } } }\n"
        )
        let fields = try #require(activation.model.fields)
        #expect(fields.map(\.column) == ["total", "bought", "email"])
        #expect(
            fields[0].format.decimal == UInt8(ascii: ",") && fields[0].format.thousands == UInt8(ascii: ".")
                && fields[0].format.strip == ["€"])
        #expect(fields[1].format.times == [.unix])
        #expect(fields[2].format.trims == false && fields[2].isBound)
        let samples = try #require(activation.model.forSamples.fields)
        #expect(samples.map(\.column) == ["spent", "at", "email"])
        #expect(samples[0].format.thousands == nil && samples[0].format.decimal == UInt8(ascii: ","))
        #expect(samples[2].format.trims == nil)
    }

    @Test("of a source says how its text becomes values")
    func source() throws {
        let keys =
            #"null_values: [NULL, "\\N", ~, n/a], trim: false, timezone: Europe/Paris, encoding: windows-1252, delimiter: '|', escape: backslash, skip_lines: 2"#
        let workspace = MemoryFiles.goodWorkspace.replacing("path: data/users.csv", with: "path: data/users.csv, \(keys)")
        #expect(workspace.contains(keys))
        let activation = try activation("timezone: Asia/Tokyo\n", workspace: workspace)
        let source = activation.source
        #expect(source.nullValues == ["NULL", "\\N", "~", "n/a"])
        #expect(!source.trims && source.timezone == "Europe/Paris" && source.delimiter == UInt8(ascii: "|"))
        #expect(source.file.encoding == .windows1252 && source.file.escape == .backslash && source.file.skippedLines == 2)
        #expect(activation.model.timezone == "Asia/Tokyo")
    }

    @Test(
        "is by default: trimmed, UTF-8, in the activation's zone", arguments: [("", "UTC"), ("timezone: Europe/Paris\n", "Europe/Paris")])
    func defaults(_ line: String, _ zone: String) throws {
        let activation = try activation(line)
        #expect(activation.source.trims && activation.source.timezone == nil && activation.source.nullValues == [])
        #expect(activation.source.file == FileFormat())
        #expect(activation.model.timezone == zone)
    }

    @Test(
        "takes any one character of ASCII for a delimiter",
        arguments: [("tab", "\t"), ("\"\\t\"", "\t"), ("';'", ";"), ("'^'", "^"), ("' '", " "), ("'0'", "0")])
    func delimiters(_ written: String, _ mark: Character) throws {
        let workspace = MemoryFiles.goodWorkspace.replacing("path: data/users.csv", with: "path: data/users.csv, delimiter: \(written)")
        #expect(try activation("", workspace: workspace).source.delimiter == mark.asciiValue)
    }

    @Test("is consent apart from the segment's rules, with parameters")
    func consent() throws {
        let activation = try activation(
            "parameters: { yes: { type: boolean, default: true } }\nconsent: { all: [{ field: consent, op: '=', value: '${param:yes}' }, { field: left_at, op: is_null }] }\n"
        )
        guard case .all(let parts)? = activation.consent, case .test(let test) = parts[0] else {
            Issue.record("\(String(describing: activation.consent))")
            return
        }
        #expect(test.value == .scalar(Literal("true", .boolean)) && parts.count == 2)
        #expect(activation.rules == nil)
        #expect(activation.usedFields == ["consent", "left_at", "email"])
    }

    @Test(
        "is which of a user's rows counts",
        arguments: [
            ("one_row_per: email, keep: first", Model.OneRow.Key.email, Model.OneRow.Keep.first, []),
            ("one_row_per: id, keep: last", .field("id"), .last, ["id"]),
            ("one_row_per: id, keep: { newest: changed }", .field("id"), .newest("changed"), ["id", "changed"]),
        ] as [(String, Model.OneRow.Key, Model.OneRow.Keep, Set<String>)])
    func oneRow(_ keys: String, _ key: Model.OneRow.Key, _ keep: Model.OneRow.Keep, _ fields: Set<String>) throws {
        let activation = try activation("model: { \(keys) }\n")
        #expect(activation.model.oneRow?.key == key && activation.model.oneRow?.keep == keep)
        #expect(activation.usedFields == fields.union(["email"]))
    }
}
