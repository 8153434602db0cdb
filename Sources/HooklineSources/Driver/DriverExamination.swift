import HooklineCore

/// Proves that a source can read and, where the server makes it safe to try, that it cannot write.
package enum DriverExamination {
    /// Reads the first row of each model, and tries to write in a transaction that only reads.
    ///
    /// - Returns: what stops a run, and warnings about what is not known.
    /// - Throws: `CancellationError`.
    package static func issues(
        of source: SourceConfiguration, models: [Model], isCancelled: @escaping @Sendable () -> Bool
    ) throws -> [Issue] {
        var issues: [Issue] = []
        for model in models {
            let more = try found {
                let cursor = try DriverSource(source, model: model).open(isCancelled: isCancelled)
                var batch = RecordBatch(columns: cursor.columns)
                // A bad value is a matter of --data.
                do { _ = try cursor.read(into: &batch, limit: 1) } catch let error as SourceError where error.code == .badValue {}
                return []
            }
            issues += more.filter { !issues.contains($0) }
        }
        if issues.contains(where: { $0.severity == .error }) { return issues }
        return issues + (try found { try tryWriting(source, isCancelled) })
    }

    private static func tryWriting(_ source: SourceConfiguration, _ isCancelled: @escaping @Sendable () -> Bool) throws -> [Issue] {
        let session = try DriverSession(source, isCancelled: isCancelled)
        guard DriverDialect.guardsReading(session.dialect) else {
            return [
                Issue(
                    mayWrite,
                    "whether the user of the source '\(source.name)' may write is not known: \(session.product) has no transaction in which trying would be safe; give it no right but those of: hookline source grants \(source.name)",
                    at: source.position, severity: .warning)
            ]
        }
        do { try session.execute("CREATE TABLE hookline_write_probe (x integer)") } catch let fault as DriverFault {
            if fault.kind == .diagnosed, !fault.state.hasPrefix("08") { return [] }
            throw SourceError(fault, of: session, row: nil)
        }
        return [
            Issue(
                mayWrite, "the source '\(source.name)' could make a table in a transaction that only reads: do not use this server",
                at: source.position)
        ]
    }

    private static let mayWrite = "source.may_write"

    private static func found(_ body: () throws -> [Issue]) throws -> [Issue] {
        do { return try body() } catch let error as SourceError {
            return [Issue(error.code.rawValue, error.explanation, at: nil)]
        } catch let found as IssuesFound {
            return found.issues
        }
    }
}
