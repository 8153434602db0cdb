/// The decisions of the hooks about each row of a batch.
package struct HookVerdicts: Sendable {
    /// The decision about a row.
    package enum Verdict: UInt8, Sendable {
        /// The rules did not pick it, so no hook saw it.
        case unseen = 0
        case kept = 1
        /// A filter dropped it; `reasons` has its reason.
        case dropped = 2
    }

    /// The source of a row's address.
    package enum Address: UInt8, Sendable {
        /// The field that the mapping names.
        case unchanged = 0
        /// A `map` hook set it.
        case mapped = 1
        /// A `map` hook cleared it.
        case cleared = 2
    }

    package var verdicts: [Verdict] = []
    /// Of each dropped row, an index into `reasonTexts`.
    package var reasons: [Int32] = []
    package var addresses: [Address] = []
    /// The range of each row's mapped address in `addressBytes`.
    package var addressRanges: [Range<Int>] = []
    /// All mapped addresses of the batch, in UTF-8.
    package var addressBytes: [UInt8] = []
    /// The range of each row's mapping in `mappingBytes`; empty without a mapping, and if the caller did not ask for mappings.
    package var mappingRanges: [Range<Int>] = []
    /// All mappings of the batch, as JSON.
    package var mappingBytes: [UInt8] = []
    /// The distinct reasons of the run so far; only grows.
    package var reasonTexts: [String] = []
    /// The range of each row's labels in `labelNumbers`; empty for a row without a label.
    package var labelRanges: [Range<Int>] = []
    /// The labels of the batch's rows, as indexes into `labelTexts`; no row has a label twice.
    package var labelNumbers: [Int32] = []
    /// The distinct labels of the run so far; only grows.
    package var labelTexts: [String] = []

    /// What each row's verdict relied on.
    package var reliances: [Reliance] = []

    /// Where each hook returned, in order, for each row; empty if the caller did not ask for locations.
    package var locations: [[HookLocation]] = []

    /// The tolerated script error of each row, by the row's index; empty if the caller did not ask for locations.
    package var failures: [Int: String] = [:]

    package init() {}

    /// Prepares for a batch of `rows` rows, all unseen, with unchanged addresses.
    package mutating func reset(rows: Int) {
        refill(&verdicts, .unseen, rows)
        refill(&reasons, 0, rows)
        refill(&addresses, .unchanged, rows)
        refill(&addressRanges, 0..<0, rows)
        addressBytes.removeAll(keepingCapacity: true)
        refill(&mappingRanges, 0..<0, rows)
        mappingBytes.removeAll(keepingCapacity: true)
        refill(&labelRanges, 0..<0, rows)
        labelNumbers.removeAll(keepingCapacity: true)
        refill(&reliances, [], rows)
        locations.removeAll()
        failures.removeAll()
    }

    private func refill<Element>(_ array: inout [Element], _ value: Element, _ count: Int) {
        array.removeAll(keepingCapacity: true)
        array.append(contentsOf: repeatElement(value, count: count))
    }
}
