import HooklineCore
import Text

extension RowsLeftOut {
    static let calculated = "calculated fields are computed for every row"
    static let query = "the model is a query or a view: its own WHERE leaves rows out"
    static let refused = "the source refuses to count its rows by the rules"

    static func untried(_ server: String) -> String { "nobody has tried yet whether \(server) tests rules exactly as Hookline does" }

    /// Checks at the end that a source returned the rows that it counted; nil if it counted none.
    ///
    /// - Throws: `sources.query_failed`.
    static func check(_ read: Int, _ counted: Int?, source: String) throws {
        guard let counted, read != counted else { return }
        throw SourceError(
            .queryFailed, at: .init(source, row: read),
            "the source counted \(NumberText.counted(counted, "row", "rows")) that the rules may pick, and returned \(NumberText.grouped(read)); run it again, or set `push_down: false` of the source"
        )
    }
}

extension RowSurvey.Outcome {
    /// What a plan says of it.
    var leftOut: RowsLeftOut {
        switch self {
        case .leavesOut(let result): result.leftOut
        case .readsAll(let reason): .nothing(reason)
        }
    }
}
