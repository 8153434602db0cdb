/// What the hooks decided about each row of a batch.
package struct HookVerdicts: Sendable {
    /// The fate of one row.
    package enum Verdict: UInt8, Sendable {
        /// The rules had not picked it; no hook saw it.
        case unseen = 0
        case kept = 1
        /// A filter dropped it; `reasons` says why.
        case dropped = 2
    }

    /// Where the row's address comes from.
    package enum Address: UInt8, Sendable {
        /// No hook touched it: the mapping's field holds it.
        case unchanged = 0
        /// `map` set it.
        case mapped = 1
        /// `map` cleared it.
        case cleared = 2
    }

    /// Per row.
    package var verdicts: [Verdict] = []
    /// Per row: for dropped ones, an index into `reasonTexts`.
    package var reasons: [Int32] = []
    /// Per row.
    package var addresses: [Address] = []
    /// Per row: the range of a mapped address in `addressBytes`.
    package var addressRanges: [Range<Int>] = []
    /// The mapped addresses of the batch.
    package var addressBytes: [UInt8] = []
    /// Per row: the range of its whole mapping, as JSON, in `mappingBytes`; empty without one, and where nobody asked for mappings.
    package var mappingRanges: [Range<Int>] = []
    package var mappingBytes: [UInt8] = []
    /// Every reason of the run so far, each once; it only grows.
    package var reasonTexts: [String] = []
    /// Per row: the range of its labels in `labelNumbers`; empty for a row that belongs to the segment itself.
    package var labelRanges: [Range<Int>] = []
    /// The labels of the batch's rows, as indexes into `labelTexts`; a row names none twice.
    package var labelNumbers: [Int32] = []
    /// Every label of the run so far, each once; it only grows.
    package var labelTexts: [String] = []

    /// Per row: where each hook came to its end, in order; empty where nobody asked.
    package var locations: [[HookLocation]] = []

    /// What scripts did wrong to rows, by the row: where places are asked for, and the error was forgiven.
    package var failures: [Int: String] = [:]

    package init() {}

    /// Makes room for a batch of `rows` rows: unseen, addresses unchanged.
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
        locations.removeAll()
        failures.removeAll()
    }

    private func refill<Element>(_ array: inout [Element], _ value: Element, _ count: Int) {
        array.removeAll(keepingCapacity: true)
        array.append(contentsOf: repeatElement(value, count: count))
    }
}
