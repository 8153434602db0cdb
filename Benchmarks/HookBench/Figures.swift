/// The results of one measurement's repeats, in nanoseconds.
struct Figures {
    private(set) var values: [Double] = []

    mutating func add(_ value: Double) { values.append(value) }

    var best: Double { values.min() ?? .nan }
    var median: Double { values.isEmpty ? .nan : values.sorted()[values.count / 2] }
}

/// Measurements that alternate, so that a machine that slows down affects all of them.
struct Round {
    private var entries: [(name: String, measure: () throws -> Double)] = []
    private(set) var figures: [String: Figures] = [:]

    mutating func add(_ name: String, _ measure: @escaping () throws -> Double) { entries.append((name, measure)) }

    /// Runs each once to warm up, then each `repeats` times.
    mutating func run(repeats: Int) throws {
        for entry in entries { _ = try entry.measure() }
        for _ in 0..<repeats {
            for entry in entries { figures[entry.name, default: Figures()].add(try entry.measure()) }
        }
    }

    subscript(name: String) -> Figures { figures[name] ?? Figures() }
}
