/// Ends work that is wanted only when it is quick.
package enum TimeLimit {
    /// The work was not done in time.
    package struct Exceeded: Error {
        package let limit: Duration
    }

    /// What `body` returns.
    ///
    /// - Throws: ``Exceeded`` once `body`, cancelled at the limit, has ended; whatever `body` throws before.
    package static func within<Value: Sendable>(_ limit: Duration, _ body: @escaping @Sendable () async throws -> Value) async throws
        -> Value
    {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else { throw Exceeded(limit: limit) }
            return value
        }
    }
}
