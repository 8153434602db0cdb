import HooklineCore

/// What rows say against their source, as mistakes: errors where a run would stop.
struct TrustIssues {
    private let activation: Activation

    init(_ activation: Activation) { self.activation = activation }

    func issues(_ expectations: [ExpectationFinding]?, _ primaryKey: PrimaryKeyFinding?) -> [Issue] {
        var issues = (expectations ?? []).filter { !$0.met }.map { finding in
            let position = activation.model.expectations.first { finding.isOf($0) }?.position
            return issue(finding.code.rawValue, finding.message ?? "", position, isError: finding.severity == .stop)
        }
        guard let key = primaryKey else { return issues }
        let position = activation.model.primaryKeyPosition
        if key.stops {
            issues.append(issue(SourceExpectation.Code.primaryKey.rawValue, key.message, position, isError: true))
        } else {
            issues += key.warnings.map { issue($0.code, $0.message, position, isError: false) }
        }
        return issues
    }

    private func issue(_ code: String, _ message: String, _ position: SourcePosition?, isError: Bool) -> Issue {
        Issue(code, "\(activation.name): \(message)", at: position, severity: isError ? .error : .warning)
    }
}

extension ExpectationFinding {
    fileprivate func isOf(_ expectation: SourceExpectation) -> Bool {
        expectation.code.rawValue == code.rawValue && expectation.field == field && expectation.severity == severity
    }
}
