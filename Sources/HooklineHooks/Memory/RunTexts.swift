import HooklineCore

/// The reasons and labels of a run, some from the hooks and some remembered, under common numbers, in the order of the source.
struct RunTexts {
    private var reasons = StringInterner.reasons
    private var labels = StringInterner()
    /// By the hooks' number of a reason or label: its text.
    private var hookReasons: [String] = []
    private var hookLabels: [String] = []
    /// By the hooks' number of a reason or label: the run's number; -1 while no row had it.
    private var reasonNumbers: [Int32] = []
    private var labelNumbers: [Int32] = []
    /// By the number of a remembered verdict: the run's numbers of its reason and labels.
    private var remembered: [Int32: (reason: Int32, labels: [Int32])] = [:]

    /// Whether some reasons share a number because there are too many: then a verdict no longer says its own.
    var areTooMany: Bool { reasons.isFull || hookReasons.count >= StringInterner.mostReasonsOfWorker }

    /// Takes in what the hooks called their numbers.
    mutating func hear(_ verdicts: HookVerdicts) {
        hookReasons.append(contentsOf: verdicts.reasonTexts.dropFirst(hookReasons.count))
        hookLabels.append(contentsOf: verdicts.labelTexts.dropFirst(hookLabels.count))
        reasonNumbers.append(contentsOf: repeatElement(-1, count: hookReasons.count - reasonNumbers.count))
        labelNumbers.append(contentsOf: repeatElement(-1, count: hookLabels.count - labelNumbers.count))
    }

    /// Puts the run's numbers in place of the hooks' in a verdict.
    mutating func take(_ verdicts: inout HookVerdicts, _ row: Int) {
        if verdicts.verdicts[row] == .dropped {
            let number = Int(verdicts.reasons[row])
            if reasonNumbers[number] < 0 { reasonNumbers[number] = reasons.number(of: hookReasons[number]) }
            verdicts.reasons[row] = reasonNumbers[number]
        }
        for index in verdicts.labelRanges[row] {
            let number = Int(verdicts.labelNumbers[index])
            if labelNumbers[number] < 0 { labelNumbers[number] = labels.number(of: hookLabels[number]) }
            verdicts.labelNumbers[index] = labelNumbers[number]
        }
    }

    /// Puts a remembered verdict into a batch.
    mutating func put(_ verdict: RememberedVerdict, _ number: Int32, into batch: inout UserBatch, _ row: Int) {
        let known: (reason: Int32, labels: [Int32])
        if let found = remembered[number] {
            known = found
        } else {
            known = (verdict.reason.map { reasons.number(of: $0) } ?? 0, verdict.labels.map { labels.number(of: $0) })
            remembered[number] = known
        }
        batch.verdicts.verdicts[row] = verdict.reason == nil ? .kept : .dropped
        batch.verdicts.reasons[row] = known.reason
        if !known.labels.isEmpty {
            let start = batch.verdicts.labelNumbers.count
            batch.verdicts.labelNumbers.append(contentsOf: known.labels)
            batch.verdicts.labelRanges[row] = start..<batch.verdicts.labelNumbers.count
        }
        switch verdict.address {
        case .unchanged: break
        case .cleared: batch.verdicts.addresses[row] = .cleared
        case .column(let column):
            let values = batch.records.columns[column]
            let start = batch.verdicts.addressBytes.count
            batch.verdicts.addressBytes.append(contentsOf: values.bytes[values.byteRange(row)])
            batch.verdicts.addresses[row] = .mapped
            batch.verdicts.addressRanges[row] = start..<batch.verdicts.addressBytes.count
        }
    }

    /// Says what the run's numbers mean.
    func name(_ verdicts: inout HookVerdicts) {
        verdicts.reasonTexts = reasons.texts
        verdicts.labelTexts = labels.texts
    }

    /// The text of a reason or label by the run's number.
    func reason(_ number: Int32) -> String { reasons.texts[Int(number)] }
    func label(_ number: Int32) -> String { labels.texts[Int(number)] }
}
