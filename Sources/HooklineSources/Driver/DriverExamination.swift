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
        let issues = try ReadingProof.issues(models) { try DriverSource(source, model: $0).open(isCancelled: isCancelled) }
        if issues.contains(where: { $0.severity == .error }) { return issues }
        return issues + (try ReadingProof.found { try tryWriting(source, isCancelled) })
    }

    private static func tryWriting(_ source: SourceConfiguration, _ isCancelled: @escaping @Sendable () -> Bool) throws -> [Issue] {
        let session = try DriverSession(source, isCancelled: isCancelled)
        guard DriverDialect.guardsReading(session.dialect) else {
            return [
                Issue(
                    ReadingProof.mayWrite,
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
                ReadingProof.mayWrite,
                "the source '\(source.name)' could make a table in a transaction that only reads: do not use this server",
                at: source.position)
        ]
    }
}
