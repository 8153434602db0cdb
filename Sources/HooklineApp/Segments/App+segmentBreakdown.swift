import HooklineCore
import HooklineEngine

/// How values are distributed over a segment: the shape of `segment breakdown --json`.
package struct SegmentBreakdownOutput: Encodable, Sendable {
    /// Users with one value, or with several together.
    package struct Share: Encodable, Sendable {
        /// Users of the segment, and of the model.
        package let users, model: Int
        /// Their shares of the segment and of the model, 0 to 1; nil if it has no users.
        package let share, modelShare: Double?
        /// 100 if the segment has the value as often as the model; nil if it cannot be said.
        package let index: Int?

        private enum CodingKeys: String, CodingKey {
            case users, model, share, index
            case modelShare = "model_share"
        }

        init(_ share: SegmentBreakdown.Share, of total: SegmentBreakdown.Share) {
            (users, model) = (share.users, share.model)
            self.share = total.users == 0 ? nil : Double(users) / Double(total.users)
            modelShare = total.model == 0 ? nil : Double(model) / Double(total.model)
            index =
                if let own = self.share, let all = modelShare, all > 0 { Int((100 * own / all).rounded()) } else { nil }
        }
    }

    /// A value of the top.
    package struct Value: Encodable, Sendable {
        package let value: String
        package let share: Share

        package func encode(to encoder: any Encoder) throws {
            try share.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(value, forKey: .value)
        }

        private enum CodingKeys: String, CodingKey { case value }
    }

    /// One field.
    package struct Field: Encodable, Sendable {
        package let field: String
        package let type: ColumnType
        package let top: [Value]
        package let others, null, unreadable: Share
        /// How many values the others have, at least.
        package let otherValues: Int
        /// Whether all values were told apart.
        package let complete: Bool

        private enum CodingKeys: String, CodingKey {
            case field, type, top, others, null, unreadable, complete
            case otherValues = "other_values"
        }
    }

    package let segment: String
    /// Its activation; nil for a segment of the workspace without one.
    package let activation: String?
    /// Users.
    package let count, model: Int
    package let fields: [Field]
    package let hooksSkipped: Bool
    package let warnings: [RunWarning]

    private enum CodingKeys: String, CodingKey {
        case segment, activation, count, model, fields, warnings
        case hooksSkipped = "hooks_skipped"
    }
}

extension App {
    /// Counts the values of fields in a segment and in its model, without hooks and without Mailchimp.
    ///
    /// - Parameters:
    ///   - request: one name.
    ///   - fields: not the one that holds the address, which everybody has for themselves.
    /// - Returns: the fields in the order of the request.
    /// - Throws: `usage`; what finding the segment and reading its source throw; `CancellationError`.
    package func breakdown(_ request: SegmentRequest, by fields: [String]) throws -> SegmentBreakdownOutput {
        let subject = try segment(request.names[0], request, in: try workspace())
        if fields.contains(subject.activation.emailField) {
            throw AppError(
                .usage, "'\(subject.activation.emailField)' holds the addresses, and every user has one of their own; name another field")
        }
        let found = try SegmentBreakdown(pass(subject, request, fields: fields), by: fields)
        func share(_ share: SegmentBreakdown.Share) -> SegmentBreakdownOutput.Share { .init(share, of: found.total) }
        return SegmentBreakdownOutput(
            segment: subject.name, activation: subject.isActivated ? subject.activation.name : nil, count: found.total.users,
            model: found.total.model,
            fields: found.fields.map { field in
                SegmentBreakdownOutput.Field(
                    field: field.name, type: field.type, top: field.top.map { .init(value: $0.value, share: share($0.share)) },
                    others: share(field.others), null: share(field.null), unreadable: share(field.unreadable),
                    otherValues: field.otherValues, complete: field.isComplete)
            }, hooksSkipped: !subject.activation.hooks.isEmpty, warnings: found.warnings)
    }
}
