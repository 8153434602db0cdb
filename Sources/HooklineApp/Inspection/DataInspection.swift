import HooklineCore
import HooklineEngine
import HooklineSources
import Text

/// Reads all rows of an activation's source without running scripts, and finds what a run would stumble over.
struct DataInspection {
    /// Its model says which columns are used.
    let activation: Activation
    /// Unix seconds, from which rules count days.
    let now: Int64

    /// Shapes that are shown of a column.
    private static let shapes = 3
    /// Rows that a message names of a column.
    private static let rows = 5

    /// - Returns: what was found; an error of the source itself is one of its issues.
    /// - Throws: `CancellationError`.
    func check() throws -> DataCheck {
        var issues: [Issue] = []
        var reading = Reading()
        var (values, isWhole): (UnfitValues?, Bool) = (nil, false)
        do {
            let opened = try UnfitValues(activation.source, model: activation.model, now: now) { Task.isCancelled }
            values = opened
            try read(opened.cursor, &reading)
            isWhole = true
        } catch let error as CancellationError {
            throw error
        } catch let found as IssuesFound {
            // Keys that no object has are known behind the last one.
            isWhole = values != nil
            issues += found.issues
        } catch {
            let failure = RunFailure(error)
            issues.append(Issue(failure.code.rawValue, failure.text, at: nil))
        }
        let rows = values?.cursor.rowsRead ?? 0
        let columns = values?.columns ?? []
        issues = columns.map(issue) + issues
        if isWhole { issues += warnings(reading, rows: rows) }
        issues += nullWords(values?.cursor.nullWords ?? [])
        if reading.bad > 0 { issues.append(badAddresses(reading)) }
        return DataCheck(
            activation: activation.name, rows: rows, whole: isWhole, badValues: columns.map(DataCheck.BadValues.init),
            addresses: DataCheck.Addresses(good: reading.good, missing: reading.missing, bad: reading.bad), issues: issues)
    }

    /// What the rows so far were.
    private struct Reading {
        var good = 0
        var missing = 0
        var bad = 0
        var unseen: [RuleEvaluator.Unseen] = []
    }

    private func read(_ cursor: any RowCursor, _ reading: inout Reading) throws {
        let rules = try [activation.rules, activation.consent].map {
            try RuleEvaluator($0, columns: cursor.columns, now: now, zone: activation.zone)
        }
        var classifier = RowClassifier(columns: cursor.columns, emailField: activation.emailField)
        defer { reading.unseen = rules.flatMap(\.unseen) }
        var batch = RecordBatch(columns: cursor.columns)
        var selection: [UInt8] = []
        while try cursor.read(into: &batch, limit: RecordBatch.defaultRows) {
            if Task.isCancelled { throw CancellationError() }
            for evaluator in rules { evaluator.evaluate(batch, into: &selection) }
            if classifier.emailColumn == nil { continue }
            for row in 0..<batch.count {
                switch classifier.ownAddress(row, of: batch) {
                case .missing: reading.missing += 1
                case .malformed: reading.bad += 1
                case .address: reading.good += 1
                }
            }
        }
    }

    private func issue(_ entry: BadValueLog.Entry) -> Issue {
        let shapes = entry.shapes.most(Self.shapes)
        let shown = shapes.map { "\($0.shape) (\(NumberText.grouped($0.count)))" }.joined(separator: ", ")
        let others = entry.shapes.total - shapes.reduce(0) { $0 + $1.count }
        let rows = shapes.flatMap(\.rows).sorted().prefix(Self.rows).map { NumberText.grouped($0) }
        let isError = activation.model.onBadValue == .error
        let what = NumberText.counted(entry.shapes.total, "value", "values")
        let fate =
            switch activation.model.onBadValue {
            case .error: "a run stops at the first: correct them, or set \(activation.model.policyAdvice)"
            case .null: "a run takes them as unknown (on_bad_value: null)"
            case .drop: "a run leaves their rows out (on_bad_value: drop)"
            }
        return Issue(
            SourceError.Code.badValue.rawValue,
            "\(activation.name): \(what) of column \(entry.name) \(entry.shapes.total == 1 ? "does" : "do") not fit \(entry.column.type.rawValue), which allows \(entry.allowed)."
                + " They look like \(shown)\(others > 0 ? " and \(NumberText.grouped(others)) others" : "");"
                + " row \(rows.joined(separator: ", "))\(entry.shapes.total > rows.count ? ", …" : "");"
                + " \(fate)",
            at: position(of: entry.column), severity: isError ? .error : .warning)
    }

    private func position(of column: Column) -> SourcePosition? {
        activation.model.fields?.first { $0.name == column.name }?.position
            ?? activation.model.columns.first { $0.name == column.name }?.position ?? activation.model.position
    }

    private func warnings(_ reading: Reading, rows: Int) -> [Issue] {
        UnseenTexts.warnings(reading.unseen, rows: rows).map {
            Issue($0.code, "\(activation.name): \($0.message)", at: nil, severity: .warning)
        }
    }

    private func nullWords(_ found: [ColumnCount]) -> [Issue] {
        let tested = activation.nullTestedFields
        return found.filter { tested.contains($0.column) }.map { column in
            Issue(
                "source.null_words",
                "\(activation.name): the rules test column '\(column.column)' for NULL, and \(NumberText.grouped(column.count)) of its values are words such as NULL or n/a, which are text."
                    + " If they mean that there is no value, set `null_values:` of the source '\(activation.source.name)'",
                at: nil, severity: .warning)
        }
    }

    private func badAddresses(_ reading: Reading) -> Issue {
        Issue(
            AppError.Code.badAddresses.rawValue,
            "\(activation.name): \(NumberText.grouped(reading.bad)) of \(NumberText.grouped(reading.bad + reading.good)) values of '\(activation.emailField)' are no email addresses"
                + (activation.hooks.isEmpty ? "; their rows stay out" : "; their rows stay out unless a map hook gives them one"),
            at: activation.emailPosition, severity: .warning)
    }
}

extension DataCheck.BadValues {
    fileprivate init(_ entry: BadValueLog.Entry) {
        let shapes = entry.shapes.most(3).map(ColumnDescription.Shape.init)
        self.init(
            column: entry.column.name, type: entry.column.type.rawValue, count: entry.shapes.total, shapes: shapes,
            others: entry.shapes.total - shapes.reduce(0) { $0 + $1.count })
    }
}
