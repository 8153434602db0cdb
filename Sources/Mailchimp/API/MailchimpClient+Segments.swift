/// Creates, renames, empties and deletes static segments.
extension MailchimpClient {
    /// By how many seconds times of Mailchimp's may differ when we recognize a segment as ours by its creation time: several machines answer,
    /// and answers travel.
    package static let clockTolerance: Int64 = 300

    /// Creates a static segment without members.
    ///
    /// When a response is lost, the segment may exist all the same, and the retry finds the name taken. We then accept the segment of that
    /// name as ours if it has no members and was created no earlier than our first attempt by Mailchimp's clock, give or take five minutes.
    ///
    /// - Throws: ``MailchimpError``, `nameTaken` when another segment has the name; ``CancellationError``.
    package func createSegment(audience: String, name: String) async throws -> Segment {
        let (began, ourTime) = (executor.dependencies.uptime(), executor.dependencies.unixSeconds())
        do {
            return try await ask(.createSegment(audience: audience, name: name)) { try JSONBody.decode(Segment.self, $0.body) }
        } catch let error as MailchimpError where error.code == .nameTaken && error.mayHaveTakenEffect {
            // The refusal itself tells what Mailchimp's clock showed when we began.
            let started = executor.serverClock.time(at: began) ?? ourTime
            let found = try await segments(audience: audience).first { $0.kind == .fixed && SegmentName.collide($0.name, name) }
            guard let found, let createdAt = found.createdAt, createdAt >= started - Self.clockTolerance, found.memberCount == 0 else {
                throw error
            }
            return found
        }
    }

    /// Renames a segment; its members stay.
    ///
    /// - Throws: ``MailchimpError``, `nameTaken` when another segment has the name; ``CancellationError``.
    @discardableResult
    package func renameSegment(audience: String, id: Int, name: String) async throws -> Segment {
        do {
            return try await ask(.renameSegment(audience: audience, id: id, name: name)) { try JSONBody.decode(Segment.self, $0.body) }
        } catch let error as MailchimpError where error.code == .nameTaken && error.mayHaveTakenEffect {
            guard let segment = try await segment(audience: audience, id: id), segment.name.trimmed == name.trimmed else { throw error }
            return segment
        }
    }

    /// Removes all members from a segment in one call. Its ID and name stay, and so does what refers to it.
    ///
    /// - Throws: ``MailchimpError``, ``CancellationError``.
    @discardableResult
    package func resetSegment(audience: String, id: Int) async throws -> Segment {
        try await ask(.resetSegment(audience: audience, id: id)) { try JSONBody.decode(Segment.self, $0.body) }
    }

    /// Deletes a segment; one that is already gone counts as deleted. Campaigns and automations that refer to it lose it.
    ///
    /// - Throws: ``MailchimpError``, ``CancellationError``.
    package func deleteSegment(audience: String, id: Int) async throws {
        do {
            try await ask(.deleteSegment(audience: audience, id: id)) { _ in }
        } catch let error as MailchimpError where error.code == .notFound && error.status == 404 {
            return
        }
    }
}
