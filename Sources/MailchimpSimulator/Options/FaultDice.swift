/// Decides which fault hits which request. The same seed and the same order of requests give the same faults.
struct FaultDice: Sendable {
    private var random: SplitMix64
    private let faults: [SimulatorOptions.Fault]
    private var arranged: [(fault: SimulatorOptions.Fault, operation: String?)] = []

    init(faults: [SimulatorOptions.Fault], seed: UInt64) {
        self.faults = faults
        random = SplitMix64(seed: seed)
    }

    /// Makes a fault certain for the next request that it can hit.
    mutating func arrange(_ fault: SimulatorOptions.Fault, for operation: String?) {
        arranged.append((fault, operation))
    }

    /// The fault that hits this operation, if any.
    ///
    /// Every configured fault that can hit it takes one draw, even after a hit, so that the draws do not depend on the rates.
    mutating func roll(_ operation: Operation) -> SimulatorOptions.Fault? {
        if let next = arranged.firstIndex(where: {
            ($0.operation == nil || $0.operation == operation.name) && $0.fault.kind.canMeet(operation)
        }) {
            return arranged.remove(at: next).fault
        }
        var met: SimulatorOptions.Fault?
        for fault in faults where fault.kind.canMeet(operation) {
            let draw = random.nextFraction()
            if met == nil && draw < fault.rate { met = fault }
        }
        return met
    }
}

extension SimulatorOptions.Fault.Kind {
    func canMeet(_ operation: Operation) -> Bool {
        switch self {
        case .lie: operation.method == "POST" && operation.endpoint.isSegment
        case .pageRefused: operation.method == "GET" && operation.endpoint.isPaged
        case .deleteRefused: operation.method == "DELETE" && operation.endpoint.isSegment
        default: true
        }
    }
}
