import Foundation
import HooklineHooks

extension TestRun {
    /// Writes the results as JUnit XML.
    ///
    /// - Throws: `test.cannot_write`.
    package func writeJUnit(to path: String) throws(AppError) { try write(JUnitReport(results).text, to: path) }

    /// Writes the coverage of all packages in LCOV's format.
    ///
    /// - Throws: `test.cannot_write`.
    package func writeLCOV(to path: String) throws(AppError) {
        try write(packages.map { $0.coverage?.lcov(folder: $0.folder) ?? "" }.joined(), to: path)
    }

    private func write(_ text: String, to path: String) throws(AppError) {
        do { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) } catch {
            throw AppError(.cannotWriteResults, "the file '\(path)' cannot be written: \(error.localizedDescription)")
        }
    }
}
