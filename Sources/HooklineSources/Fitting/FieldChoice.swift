import HooklineCore
import Text

/// The columns that a model takes from a source, and their names in the model.
struct FieldChoice {
    /// The columns, with the names and types of the model.
    let columns: [Column]
    /// The index of each column in the source; nil for an optional field that the source lacks.
    let indexes: [Int?]

    /// Chooses the fields of the model, or all columns `found` in the source if it lists none.
    ///
    /// - Throws: `IssuesFound`, with every required or bound field whose column is missing.
    init(_ model: Model, source: SourceConfiguration, found: [Column]) throws {
        guard let fields = model.fields else {
            columns = found
            indexes = Array(found.indices)
            return
        }
        let names = found.map(\.name)
        indexes = fields.map { names.firstIndex(of: $0.column) }
        columns = zip(fields, indexes).map { Column($0.name, $0.type, isAbsent: $1 == nil) }
        let missing = zip(fields, indexes).filter { $1 == nil && (!$0.isOptional || $0.isBound) }.map(\.0)
        if !missing.isEmpty { throw IssuesFound(Self.issues(missing, model, source, names)) }
    }

    /// The issues for required or bound fields whose keys are in no object of a JSONL file; none for a sample, which may lack them.
    static func issues(ofKeys wasThere: [Bool], _ model: Model, _ source: SourceConfiguration) -> [Issue] {
        guard let fields = model.fields, model.boundBy != nil else { return [] }
        return issues(zip(fields, wasThere).filter { (!$0.isOptional || $0.isBound) && !$1 }.map(\.0), model, source, [])
    }

    /// The warnings about required or bound fields whose keys are in none of the first `rows` objects; later ones may have them.
    static func warnings(of unseen: [String], rows: Int, _ model: Model, _ source: SourceConfiguration) -> [Issue] {
        let missing = (model.fields ?? []).filter { unseen.contains($0.name) && (!$0.isOptional || $0.isBound) }
        return issues(missing, model, source, []).map { issue in
            Issue(
                issue.code, "none of the first \(rows) objects has it: \(issue.message). A run stops if no object has it",
                at: issue.position,
                severity: .warning)
        }
    }

    private static func issues(_ missing: [Model.Field], _ model: Model, _ source: SourceConfiguration, _ names: [String]) -> [Issue] {
        missing.enumerated().map { number, field in
            let bound = field.column == field.name ? "" : " reads '\(field.column)', which"
            let hint = NearestName.hint(field.column, among: names)
            // One advice for all, to paste.
            let advice = number == missing.count - 1 ? there(names, model) + Self.advice(missing, model) : ""
            return Issue(
                SourceError.Code.unknownColumn.rawValue,
                "the field '\(field.name)'\(bound) is not a column of the source '\(source.name)'\(hint)\(advice)",
                at: field.position ?? model.position)
        }
    }

    /// The names of the source's columns, if the first line surely is a header and not about a person: it names a field, or has a wrong
    /// delimiter, or has neither an email address nor a number.
    private static func there(_ names: [String], _ model: Model) -> String {
        if let delimiter = [";", "\t"].first(where: { mark in names.contains { $0.contains(mark) } }),
            !(model.fields ?? []).contains(where: { names.contains($0.column) })
        {
            return "; its header has \(delimiter == ";" ? "semicolons" : "tabs") inside names: set the source's "
                + "delimiter: \(delimiter == ";" ? "\";\"" : "tab")"
        }
        let namesField = (model.fields ?? []).contains { names.contains($0.column) }
        guard namesField || (!names.isEmpty && !names.contains { $0.contains("@") || Double($0) != nil }) else { return "" }
        let shown = names.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
        return "; it has \(shown)\(names.count > 20 ? " and \(names.count - 20) more" : "")"
    }

    private static func advice(_ missing: [Model.Field], _ model: Model) -> String {
        guard let activation = model.boundBy else { return "" }
        let fields = missing.map { "\($0.name): COLUMN" }.joined(separator: ", ")
        return "; set their columns in hookline.yaml: activations: { \(activation): { bind: { fields: { \(fields) } } } }"
    }
}
