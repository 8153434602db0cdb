/// Putting contacts into a segment and taking them out.
extension MailchimpClient {
    /// Adds and removes up to 500 contacts each; whoever is no contact of the audience is skipped, never created.
    ///
    /// Repeating it changes nothing, so it is sent again after every doubt: whoever was added by an attempt whose answer was
    /// lost stands under ``MembershipChange/alreadyMembers``. Mailchimp refuses a request when nobody in one half is a
    /// contact; that isn't an error: the other half is then sent once more by itself (one more call), since the whole request
    /// is taken to have been refused. An empty batch costs no call.
    ///
    /// Throws ``MailchimpError/Code/refused`` when the batch is refused as a whole for another reason, such as a malformed
    /// address, ``MailchimpError/Code/notFound`` when the segment is gone, and ``MailchimpError/Code/notStatic``.
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
                guard !unknown.isEmpty else { throw failure.error }
                for half in unknown { rest = rest.without(half) }
                change.unknownToAudience.formUnion(unknown)
            }
        }
        return change
    }
}
