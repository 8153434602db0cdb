/// Making, renaming, emptying and deleting static segments.
extension MailchimpClient {
    /// How far our clock may be ahead of Mailchimp's when a segment is recognised as our own by the time it was made.
    static let clockTolerance: Int64 = 300

    /// Makes a static segment without members.
    ///
    /// When an answer is lost the segment may exist all the same, and the repeated request finds the name taken. Then the
    /// segment of that name is taken for ours if it has no members and was made no earlier than our first attempt, give or
    /// take five minutes of clock difference; otherwise ``MailchimpError/Code/nameTaken`` stands.
    package func createSegment(audience: String, name: String) async throws -> Segment {
        let started = executor.dependencies.unixSeconds()
        do {
            return try await ask(.createSegment(audience: audience, name: name)) { try JSONBody.decode(Segment.self, $0.body) }
        } catch let error as MailchimpError where error.code == .nameTaken && error.mayHaveTakenEffect {
            let found = try await staticSegments(audience: audience).first { SegmentName.collide($0.name, name) }
            guard let found, let createdAt = found.createdAt, createdAt >= started - Self.clockTolerance, found.memberCount == 0 else {
                throw error
            }
            return found
        }
    }

    /// Gives a segment another name; its members stay. ``MailchimpError/Code/nameTaken`` when another one has it.
    @discardableResult
    package func renameSegment(audience: String, id: Int, name: String) async throws -> Segment {
        do {
            return try await ask(.renameSegment(audience: audience, id: id, name: name)) { try JSONBody.decode(Segment.self, $0.body) }
        } catch let error as MailchimpError where error.code == .nameTaken && error.mayHaveTakenEffect {
            guard let segment = try await segment(audience: audience, id: id), segment.name.trimmed == name.trimmed else { throw error }
            return segment
        }
    }

    /// Takes all members out of a segment, in one call; its id and its name stay, and with them what refers to it.
    @discardableResult
    package func resetSegment(audience: String, id: Int) async throws -> Segment {
        try await ask(.resetSegment(audience: audience, id: id)) { try JSONBody.decode(Segment.self, $0.body) }
    }

    /// Deletes a segment. One that is gone already counts as deleted; campaigns and automations that refer to it lose it.
    package func deleteSegment(audience: String, id: Int) async throws {
        do {
            try await ask(.deleteSegment(audience: audience, id: id)) { _ in }
        } catch let error as MailchimpError where error.code == .notFound && error.status == 404 {
            return
        }
    }
}
