import Foundation

/// Shares as tables show them.
enum ShareText {
    /// A share of 0 to 1 as `12.3%`; one that is not nothing never shows as 0.
    static func percent(_ share: Double) -> String {
        if share > 0, share < 0.0005 { return "<0.1%" }
        if share < 1, share >= 0.9995 { return ">99.9%" }
        return String(format: "%.1f%%", share * 100)
    }
}
