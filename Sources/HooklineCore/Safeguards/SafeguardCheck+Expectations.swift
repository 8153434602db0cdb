extension SafeguardCheck {
    /// Why the source is not what the model expects; nil if it is, or if everything else about it is only worth a warning.
    ///
    /// All that is not met is in one message: whoever corrects the source wants to hear of all at once.
    package static func unmet(_ plan: Plan) -> RunFailure? {
        if plan.kind == .undo { return nil }
        var found = (plan.expectations ?? []).filter(\.stops).map { ($0.code, $0.message ?? "") }
        if let key = plan.primaryKey, key.stops { found.append((.init(SourceExpectation.Code.primaryKey), key.message)) }
        return unmet(found)
    }

    /// One reason for all that is not met. Rows of the past go first: what else they are does not matter then.
    package static func unmet(_ found: [(code: RunFailure.Code, message: String)]) -> RunFailure? {
        func isStaleness(_ code: RunFailure.Code) -> Bool { SourceExpectation.Code(rawValue: code.rawValue)?.isStaleness == true }
        let sorted = found.filter { isStaleness($0.code) } + found.filter { !isStaleness($0.code) }
        guard let first = sorted.first else { return nil }
        let what = isStaleness(first.code) ? "Run again once the source is up to date" : "Correct the source"
        return RunFailure(
            first.code, sorted.map(\.message).joined(separator: "; "), advice: "\(what), or go ahead with what it has: --allow-unexpected")
    }
}
