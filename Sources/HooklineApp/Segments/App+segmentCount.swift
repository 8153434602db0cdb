import HooklineCore
import HooklineEngine

/// How many users a segment has: the shape of `segment count --json`.
package struct SegmentCountOutput: Encodable, Sendable {
    package let segment: String
    /// Its activation; nil for a segment of the workspace without one.
    package let activation: String?
    package let source: String
    /// Rows.
    package let rows, superseded, noAddress, badAddress, badValues: Int
    /// Users: of the model, of the rules, of the rules and without consent, and in the segment.
    package let model, picked, noConsent, count: Int
    /// The segment's share of the model's users, 0 to 1; nil without users.
    package let share: Double?
    /// Whether a consent rule was asked.
    package let asksConsent: Bool
    /// Whether the activation has hooks, which did not run here.
    package let hooksSkipped: Bool
    /// What the segment's limit does to rows; nil without one.
    package let limit: LimitEffect?
    /// What each part of the rules does; nil unless asked for.
    package let explanation: SegmentCount.Explanation?
    package let warnings: [RunWarning]

    private enum CodingKeys: String, CodingKey {
        case segment, activation, source, rows, superseded, model, picked, count, share, limit, explanation, warnings
        case noAddress = "no_address"
        case badAddress = "bad_address"
        case badValues = "bad_values"
        case noConsent = "no_consent"
        case asksConsent = "asks_consent"
        case hooksSkipped = "hooks_skipped"
    }

    init(_ subject: SegmentSubject, _ counted: SegmentCount) {
        (segment, source) = (subject.name, subject.activation.source.name)
        activation = subject.isActivated ? subject.activation.name : nil
        (rows, superseded, badValues) = (counted.rows, counted.superseded, counted.badValues)
        (noAddress, badAddress) = (counted.noAddress, counted.badAddress)
        (model, picked, noConsent, count) = (counted.model, counted.picked, counted.noConsent, counted.count)
        share = counted.model == 0 ? nil : Double(counted.count) / Double(counted.model)
        asksConsent = subject.activation.consent != nil
        hooksSkipped = !subject.activation.hooks.isEmpty
        (limit, explanation) = (counted.limit, counted.explanation)
        warnings = counted.warnings
    }
}

extension App {
    /// Counts the users of a segment by its rules and consent, as a plan would, without hooks and without Mailchimp.
    ///
    /// - Parameters:
    ///   - request: one name.
    ///   - explains: whether to find out what each part of the rules does.
    /// - Returns: the numbers.
    /// - Throws: what finding the segment and reading its source throw; `CancellationError`.
    package func count(_ request: SegmentRequest, explains: Bool = false) throws -> SegmentCountOutput {
        let subject = try segment(request.names[0], request, in: try workspace())
        return SegmentCountOutput(subject, try SegmentCount(pass(subject, request), explains: explains))
    }
}
