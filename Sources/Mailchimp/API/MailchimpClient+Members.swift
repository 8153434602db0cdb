/// Adds contacts to a segment and removes them from it.
extension MailchimpClient {
    /// Adds and removes up to 500 contacts each. Mailchimp skips addresses that are not contacts of the audience; it never creates one.
    ///
    /// Repeating the call changes nothing, so it is retried whenever the outcome is in doubt; contacts that a lost attempt added come back
    /// under ``MembershipChange/alreadyMembers``. Mailchimp refuses the whole request when one half holds no contact at all. That is not an
    /// error: the other half is sent again by itself, at the cost of one more call. An empty batch costs no call.
    ///
    /// - Throws: ``MailchimpError``: `notFound` when the segment is gone, `notStatic` when it has conditions, `refused` when Mailchimp
    ///   refuses the whole batch for another reason, such as a malformed address; ``CancellationError``.
    package func changeMembers(audience: String, segment: Int, batch: MemberBatch) async throws -> MembershipChange {
        var rest = batch
        var change = MembershipChange()
        while !rest.isEmpty {
            let call = Call.changeMembers(audience: audience, segment: segment, batch: rest)
            let scrubber = Scrubber(known: call.addresses)
            do {
                return try await change.merged(with: attempt(call) { try MembershipChange.read($0.body, scrubber: scrubber) })
            } catch let failure as ResponseFailure {
                let unknown = failure.unknownHalves.filter { !rest[$0].isEmpty }
                if unknown.isEmpty, failure.isAboutUnnamedHalf {
                    // Of a single half it is clear; of two, each shows by itself which one it is.
                    guard rest.halves.count > 1 else {
                        change.unknownToAudience.formUnion(rest.halves)
                        return change
                    }
                    for half in [MemberBatch.Half.removes, .adds] {
                        change = change.merged(
                            with: try await changeMembers(audience: audience, segment: segment, batch: rest.without(half)))
                    }
                    return change
                }
                guard !unknown.isEmpty else { throw failure.error }
                for half in unknown { rest = rest.without(half) }
                change.unknownToAudience.formUnion(unknown)
            }
        }
        return change
    }
}
