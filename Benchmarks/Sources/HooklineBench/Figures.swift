import Foundation

/// One quantity, measured several times.
struct Figures {
    private(set) var values: [Double] = []

    init(_ values: [Double] = []) { self.values = values }

    mutating func add(_ value: Double) { values.append(value) }

    var median: Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? .nan : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    var least: Double { values.min() ?? .nan }
    var most: Double { values.max() ?? .nan }

    /// The median, and the spread in brackets.
    func text(_ format: String) -> String { String(format: "\(format) (\(format)–\(format))", median, least, most) }

    /// Each value divided by the one that was measured right beside it.
    func ratios(to other: Figures) -> Figures { Figures(zip(values, other.values).map { $0 / $1 }) }
}
